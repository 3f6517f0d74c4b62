import { planInput, serviceSpec, workload } from './__testUtils__/inputs';
import { planEnvironment } from './planEnvironment';
import { provenanceAt } from './trace';

type Patch = NonNullable<ReturnType<typeof workload>['patches']>[number];

const plan = (...patches: Patch[]) =>
  planEnvironment(
    planInput({
      spec: serviceSpec({ workloads: [workload({ patches })] }),
      positions: path => (path === 'workloads[web].patches[0]' ? 7 : undefined),
    }),
  );

const set = (path: string, value: unknown, kind = 'Deployment'): Patch => ({
  target: { kind },
  patch: [{ op: 'add', path, value }],
});

describe('patches', () => {
  it('change what was rendered, and the field says that a patch wrote it', () => {
    const { objects, problems } = plan(set('/spec/minReadySeconds', 5));
    expect(problems).toEqual([]);
    const deployment = objects.find(
      ({ object }) => object.kind === 'Deployment',
    );
    expect(deployment?.object.spec).toMatchObject({ minReadySeconds: 5 });
    expect(
      deployment && provenanceAt(deployment, '/spec/minReadySeconds'),
    ).toEqual({
      pointer: '/spec/minReadySeconds',
      origin: 'spec',
      specPath: 'workloads[web].patches[0]',
      line: 7,
      noInverse: expect.stringContaining('change the patch'),
    });
  });

  it('that fail are problems with their place, and change nothing', () => {
    const broken = plan(set('/spec/nothing/here', 1));
    expect(broken.problems).toEqual([
      expect.objectContaining({
        severity: 'error',
        path: 'spec.workloads[0].patches[0]',
        line: 7,
        message: expect.stringContaining('finds no field nothing'),
      }),
    ]);
    expect(broken.digest).toBe(plan().digest);
  });

  it.each([null, 5, 'x', [null], [{ resources: null }], {}])(
    'that write nonsense (%j) are the cluster’s to refuse, not ours to fail on',
    value => {
      for (const path of [
        '/spec',
        '/spec/template',
        '/spec/template/spec/containers',
        '/spec/template/spec/containers/0/resources',
        '/spec/template/spec/initContainers',
      ]) {
        expect(plan(set(path, value)).problems).toEqual([]);
      }
    },
  );

  it('of what is not there say what there is', () => {
    expect(plan(set('/spec', 1, 'Ingress')).problems).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('is a Ingress'),
        allowed: 'Service web, Deployment web',
      }),
    ]);
  });

  it.each([
    ['/metadata/name', 'other'],
    ['/metadata/namespace', 'kube-system'],
    ['/kind', 'ClusterRole'],
    ['/apiVersion', 'v2'],
    ['/metadata/labels', {}],
    ['/metadata', { name: 'web', namespace: 'shop--cart--prod' }],
  ])('must not make another object of one by %s', (path, value) => {
    const broken = plan(set(path, value));
    expect(broken.problems).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('it must leave'),
      }),
    ]);
    expect(broken.digest).toBe(plan().digest);
  });

  it('reach objects of their own workload only, and none of the platform', () => {
    for (const kind of ['Namespace', 'NetworkPolicy', 'ServiceAccount']) {
      expect(plan(set('/metadata/labels/x', 'y', kind)).problems).toHaveLength(
        1,
      );
    }
  });
});
