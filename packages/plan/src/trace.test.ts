import { planInput, serviceSpec, workload } from './__testUtils__/inputs';
import { planEnvironment } from './planEnvironment';
import { specPathSegments } from './specPaths';
import { pointerSteps, provenanceAt } from './trace';

const spec = serviceSpec({
  workloads: [
    workload({
      port: 8080,
      replicas: 2,
      env: [
        { name: 'B', value: 'b' },
        { name: 'A', value: 'a' },
      ],
      resources: { cpu: '100m', memory: '128Mi', limits: { cpu: '1' } },
      image: { repository: 'example.com/web' },
    }),
  ],
  databases: [{ name: 'db', engine: 'redis', version: '7', size: '1Gi' }],
  environments: [
    {
      name: 'prod',
      class: 'production',
      overrides: {
        workloads: [
          {
            name: 'web',
            replicas: 3,
            env: [{ name: 'A', value: 'prod' }],
            resources: { limits: { cpu: '2' } },
          },
        ],
        databases: [{ name: 'db', size: '5Gi' }],
      },
    },
  ],
});

const plan = planEnvironment(
  planInput({ spec, release: { workloads: { web: { revision: 'v1' } } } }),
);

function field(kind: string, pointer: string) {
  const rendered = plan.objects.find(
    ({ object, part }) =>
      object.kind === kind &&
      // Of accounts there are several; the workload's is meant.
      (part === 'workload' ||
        kind !== 'ServiceAccount' ||
        object.metadata.name === 'web'),
  );
  if (!rendered) {
    throw new Error(`no ${kind}`);
  }
  const value = pointerSteps(pointer).reduce<unknown>(
    (inner, step) => (inner as Record<string, unknown>)[step],
    rendered.object,
  );
  return { value, ...provenanceAt(rendered, pointer) };
}

const container = '/spec/template/spec/containers/0';
const override = 'environments[prod].overrides.workloads[web]';

describe('provenanceAt', () => {
  it.each([
    ['Deployment', '/spec/replicas', 3, `${override}.replicas`],
    [
      'Deployment',
      `${container}/env/0/value`,
      'prod',
      `${override}.env[A].value`,
    ],
    [
      'Deployment',
      `${container}/env/1/value`,
      'b',
      'workloads[web].env[B].value',
    ],
    [
      'Deployment',
      `${container}/resources/requests/cpu`,
      '100m',
      'workloads[web].resources.cpu',
    ],
    [
      'Deployment',
      `${container}/resources/limits/cpu`,
      '2',
      `${override}.resources.limits.cpu`,
    ],
    [
      'Deployment',
      `${container}/ports/0/containerPort`,
      8080,
      'workloads[web].port',
    ],
    [
      'StatefulSet',
      '/spec/volumeClaimTemplates/0/spec/resources/requests/storage',
      '5Gi',
      'environments[prod].overrides.databases[db].size',
    ],
  ])(
    '%s %s was read from where it can be written back',
    (kind, pointer, value, specPath) => {
      const found = field(kind, pointer);
      expect(found).toMatchObject({ value, specPath, origin: 'spec' });
      expect(found.noInverse).toBeUndefined();
    },
  );

  it('says of the image that the release decides', () => {
    expect(field('Deployment', `${container}/image`)).toMatchObject({
      value: 'example.com/web:v1',
      origin: 'release',
      noInverse: expect.stringContaining('promote or roll back'),
    });
  });

  it('says who decides where the spec does not', () => {
    expect(field('ResourceQuota', '/spec/hard/pods').origin).toBe('quota');
    expect(
      field('Application', '/spec/syncPolicy/automated/selfHeal').origin,
    ).toBe('class');
    expect(field('ServiceAccount', '/imagePullSecrets/0/name').origin).toBe(
      'organization',
    );
    expect(
      field('Deployment', '/spec/template/spec/enableServiceLinks'),
    ).toMatchObject({
      origin: 'default',
      noInverse: expect.stringContaining('no field of the spec'),
    });
  });

  it('gives a field the origin of what stands around it, without an inverse', () => {
    expect(
      field('Deployment', `${container}/readinessProbe/tcpSocket/port`),
    ).toMatchObject({ specPath: 'workloads[web].port' });
    expect(field('ResourceQuota', '/spec/hard/requests.cpu')).toMatchObject({
      origin: 'quota',
      noInverse: expect.stringContaining('QuotaProfile'),
    });
  });
});

describe('specPathSegments', () => {
  it('counts items that have names', () => {
    expect(specPathSegments(spec, 'workloads[web].env[A].value')).toEqual([
      'spec',
      'workloads',
      0,
      'env',
      1,
      'value',
    ]);
    expect(specPathSegments(spec, `${override}.replicas`)).toEqual([
      'spec',
      'environments',
      0,
      'overrides',
      'workloads',
      0,
      'replicas',
    ]);
  });

  it('stops where the spec says nothing', () => {
    expect(specPathSegments(spec, 'workloads[web].probes.readiness')).toEqual([
      'spec',
      'workloads',
      0,
    ]);
    expect(specPathSegments(spec, 'workloads[nobody]')).toEqual([
      'spec',
      'workloads',
    ]);
  });
});
