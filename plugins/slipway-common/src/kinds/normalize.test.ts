import { normalizeServiceSpec, resolveEnvironment } from './normalize';
import { serviceSpecSchema, type ServiceSpecInput } from './serviceSpec';

type Overrides = NonNullable<
  NonNullable<ServiceSpecInput['spec']['environments']>[number]['overrides']
>;

function specWith(overrides?: Overrides) {
  return serviceSpecSchema.parse({
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'ServiceSpec',
    metadata: { name: 'shop' },
    spec: {
      organization: 'acme',
      owner: 'group:default/shop',
      workloads: [
        {
          name: 'web',
          image: {
            repository: 'web',
            revision: 'v1',
            digest: `sha256:${'a'.repeat(64)}`,
          },
          port: 8080,
          replicas: 2,
          domains: ['a.example.com'],
          resources: { cpu: '1', memory: '1Gi', limits: { memory: '2Gi' } },
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        },
      ],
      databases: [
        { name: 'db', engine: 'postgres', version: '16', size: '1Gi' },
      ],
      environments: [{ name: 'test', class: 'preview', overrides }],
    },
  });
}

function resolved(
  workload: Omit<NonNullable<Overrides['workloads']>[number], 'name'>,
) {
  const result = resolveEnvironment(
    specWith({ workloads: [{ name: 'web', ...workload }] }),
    'test',
  );
  return result?.workloads[0];
}

describe('normalizeServiceSpec', () => {
  it('writes port out as one http port', () => {
    const [web] = normalizeServiceSpec(specWith()).spec.workloads;
    expect(web.ports).toEqual([{ name: 'http', port: 8080, protocol: 'http' }]);
    expect(web).not.toHaveProperty('port');
  });

  it('leaves what it is given as it was', () => {
    const spec = specWith();
    const before = structuredClone(spec);
    normalizeServiceSpec(spec);
    resolveEnvironment(spec, 'test');
    expect(spec).toEqual(before);
  });
});

describe('resolveEnvironment', () => {
  it('answers nothing for an environment that is not there', () => {
    expect(resolveEnvironment(specWith(), 'other')).toBeUndefined();
  });

  it('answers the workloads as they are where nothing is overridden', () => {
    expect(resolveEnvironment(specWith(), 'test')?.workloads).toEqual(
      normalizeServiceSpec(specWith()).spec.workloads,
    );
  });

  it('changes nothing that an override does not name', () => {
    expect(resolved({})).toEqual(
      normalizeServiceSpec(specWith()).spec.workloads[0],
    );
  });

  it('merges image and resources by field', () => {
    expect(
      resolved({ resources: { cpu: '2', limits: { cpu: '4' } } })?.resources,
    ).toEqual({
      cpu: '2',
      memory: '1Gi',
      limits: { cpu: '4', memory: '2Gi' },
    });
    expect(resolved({ image: { repository: 'other' } })?.image).toMatchObject({
      repository: 'other',
      revision: 'v1',
    });
  });

  it('drops the digest of another revision', () => {
    expect(resolved({ image: { revision: 'v2' } })?.image).toEqual({
      repository: 'web',
      revision: 'v2',
    });
  });

  it('merges variables by name', () => {
    expect(
      resolved({
        env: [
          { name: 'B', value: '3' },
          { name: 'C', value: '4' },
        ],
      })?.env,
    ).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: '3' },
      { name: 'C', value: '4' },
    ]);
  });

  it('replaces lists, also by an empty one', () => {
    expect(resolved({ domains: [] })?.domains).toEqual([]);
    expect(resolved({ port: 9000 })?.ports).toEqual([
      { name: 'http', port: 9000, protocol: 'http' },
    ]);
  });

  it('lets the environment choose between replicas and autoscaling', () => {
    expect(resolved({ autoscaling: { min: 1, max: 3 } })).not.toHaveProperty(
      'replicas',
    );
    expect(resolved({ replicas: 5 })).toMatchObject({ replicas: 5 });
  });

  it('replaces the fields of a database', () => {
    const spec = specWith({ databases: [{ name: 'db', size: '5Gi' }] });
    expect(resolveEnvironment(spec, 'test')?.databases).toMatchObject([
      { name: 'db', size: '5Gi', version: '16' },
    ]);
  });
});
