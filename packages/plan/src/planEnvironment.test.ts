import {
  environmentClass,
  planInput,
  policyPack,
  serviceSpec,
  workload,
} from './__testUtils__/inputs';
import { planEnvironment } from './planEnvironment';
import type { EnvironmentPlan } from './types';

const names = (plan: EnvironmentPlan) =>
  plan.objects.map(({ object, part }) =>
    [part, object.kind, object.metadata.name].join(' '),
  );

const find = (plan: EnvironmentPlan, kind: string, name?: string) => {
  const found = plan.objects.find(
    ({ object }) =>
      object.kind === kind && (!name || object.metadata.name === name),
  );
  if (!found) {
    throw new Error(`no ${kind} ${name ?? ''} in ${names(plan).join(', ')}`);
  }
  return found;
};

describe('planEnvironment', () => {
  it('renders a workload with a revision to everything that it runs by', () => {
    const plan = planEnvironment(planInput());
    expect(names(plan)).toEqual([
      'platform Namespace shop--cart--prod',
      'platform ResourceQuota slipway',
      'platform LimitRange slipway',
      'platform ServiceAccount web',
      'platform RoleBinding slipway-developers',
      'platform NetworkPolicy default--deny',
      'platform NetworkPolicy web',
      'platform AppProject shop--cart--prod',
      'platform Application shop--cart--prod',
      'workload Deployment web',
      'workload Service web',
    ]);
    expect(plan.gates).toEqual([
      { workload: 'web', open: true, revision: 'abc123' },
    ]);
    expect(plan.problems).toEqual([]);
    expect(plan.verdicts).toEqual([]);
  });

  it('puts environment.yaml and one object a file below the folder of the environment', () => {
    const plan = planEnvironment(planInput());
    expect(plan.folder).toBe('clusters/fra-1/shop/cart/prod');
    expect(plan.files.map(({ path }) => path.slice(plan.folder.length + 1)))
      .toMatchInlineSnapshot(`
      [
        "environment.yaml",
        "platform/application-shop--cart--prod.yaml",
        "platform/appproject-shop--cart--prod.yaml",
        "platform/limitrange-slipway.yaml",
        "platform/namespace-shop--cart--prod.yaml",
        "platform/networkpolicy-default--deny.yaml",
        "platform/networkpolicy-web.yaml",
        "platform/resourcequota-slipway.yaml",
        "platform/rolebinding-slipway-developers.yaml",
        "platform/serviceaccount-web.yaml",
        "workload/deployment-web.yaml",
        "workload/service-web.yaml",
      ]
    `);
  });

  it('takes the revision of the release where the spec pins none', () => {
    const spec = serviceSpec({
      workloads: [workload({ image: { repository: 'example.com/web' } })],
    });
    const closed = planEnvironment(planInput({ spec }));
    expect(closed.gates).toEqual([{ workload: 'web', open: false }]);
    expect(names(closed)).not.toContain('workload Deployment web');
    const open = planEnvironment(
      planInput({ spec, release: { workloads: { web: { revision: 'v1' } } } }),
    );
    expect(
      JSON.stringify(find(open, 'Deployment', 'web').object.spec),
    ).toContain('example.com/web:v1');
  });

  it('keeps the digest that an approval binds to while only revisions change', () => {
    const digests = (on: 'structure' | 'every-release', revision?: string) => {
      const { digest, approvalDigest } = planEnvironment(
        planInput({
          class: environmentClass({ approval: { on } }),
          spec: serviceSpec({
            workloads: [workload({ image: { repository: 'example.com/web' } })],
          }),
          release: { workloads: revision ? { web: { revision } } : {} },
        }),
      );
      return { digest, approvalDigest };
    };
    const [closed, first, second] = [
      digests('structure'),
      digests('structure', 'v1'),
      digests('structure', 'v2'),
    ];
    expect(new Set([closed.digest, first.digest, second.digest]).size).toBe(3);
    expect(first.approvalDigest).toBe(closed.approvalDigest);
    expect(second.approvalDigest).toBe(closed.approvalDigest);
    const strict = digests('every-release', 'v1');
    expect(strict.approvalDigest).toBe(strict.digest);
  });

  it('says of an environment that is not in the spec which ones are', () => {
    const plan = planEnvironment(planInput({ environment: 'staging' }));
    expect(plan.problems).toEqual([
      expect.objectContaining({ severity: 'error', allowed: 'prod' }),
    ]);
  });

  it('evaluates the packs of the class and no others', () => {
    const rule = {
      name: 'no',
      expression: 'false',
      messageExpression: "'never'",
      action: 'deny' as const,
      match: { kinds: ['Service'] },
    };
    const plan = planEnvironment(
      planInput({
        class: environmentClass({ policies: ['mine', 'missing'] }),
        policies: [policyPack([rule], 'other'), policyPack([rule], 'mine')],
        positions: path => (path === 'workloads[web]' ? 12 : undefined),
      }),
    );
    expect(plan.verdicts).toEqual([
      expect.objectContaining({ pack: 'missing', result: 'error' }),
      expect.objectContaining({
        pack: 'mine',
        result: 'deny',
        message: 'never',
        object: expect.objectContaining({ kind: 'Service', name: 'web' }),
        source: { specPath: 'workloads[web]', line: 12 },
      }),
    ]);
  });
});
