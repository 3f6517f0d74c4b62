import {
  createMockDirectory,
  mockCredentials,
} from '@backstage/backend-test-utils';
import type { ApiEnvironmentPlan } from '@slipway/plugin-slipway-common';
import { emptyPlan, FakeSlipway } from '../__testUtils__/FakeSlipway';
import { accessTo, run } from '../__testUtils__/context';
import { createPlanAction } from './plan';

const PATH = 'organizations/shop/services/checkout.yaml';

function environment(
  verdicts: ApiEnvironmentPlan['verdicts'],
): ApiEnvironmentPlan {
  return {
    organization: 'shop',
    service: 'checkout',
    environment: 'staging',
    class: 'shared-staging',
    cluster: 'sandbox-eu',
    namespace: 'shop--checkout--staging',
    verb: 'create',
    objects: [],
    files: [],
    verdicts,
    passed: 4,
    quota: [],
    cost: { currency: 'USD', cents: 0, centsBefore: 0, lines: [] },
    gates: [],
    approval: { required: false, count: 0, groups: [] },
    digest: 'd',
    approvalDigest: 'd',
  };
}

const denial = {
  pack: 'default',
  rule: 'no-latest',
  result: 'deny' as const,
  message: 'the image has the tag latest',
  fix: 'pin a revision',
};

describe('slipway:plan', () => {
  const workspace = createMockDirectory();
  let slipway: FakeSlipway;
  const plan = (input: object = {}, isDryRun = false) =>
    run(createPlanAction(accessTo(slipway.url)), {
      workspacePath: workspace.path,
      input: { ...input },
      isDryRun,
    });

  beforeEach(async () => {
    slipway = await FakeSlipway.start();
    workspace.setContent({
      [PATH]: 'kind: ServiceSpec\n',
      'README.md': 'not ours',
    });
  });
  afterEach(() => slipway.stop());

  it('sends the platform files of the workspace, and what is to be removed, in the order of their paths', async () => {
    await plan({ removePaths: ['organizations/shop/bindings/checkout.yaml'] });
    expect(slipway.seen('POST /v1alpha1/plans')[0].body).toEqual({
      files: [
        { path: 'organizations/shop/bindings/checkout.yaml' },
        { path: PATH, content: 'kind: ServiceSpec\n' },
      ],
    });
  });

  it('asks in the name of the person who runs the template', async () => {
    await plan();
    const [{ authorization }] = slipway.requests;
    expect(authorization).toBe(
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.user('user:default/dana'),
        targetPluginId: 'slipway',
      }),
    );
  });

  it('plans in a dry run too, for planning changes nothing', async () => {
    const { output } = await plan({}, true);
    expect(output).toEqual({
      headline: slipway.plan.headline,
      denied: false,
      plan: slipway.plan,
    });
  });

  it('logs the headline and every verdict with its fix', async () => {
    slipway.plan = { ...emptyPlan(), environments: [environment([denial])] };
    const { log, output } = await plan();
    expect(log).toEqual([
      slipway.plan.headline,
      'checkout in staging: 4 policy rules passed',
      'checkout in staging: deny: the image has the tag latest (default/no-latest) – pin a revision',
    ]);
    expect(output.denied).toBe(true);
  });

  it('fails on a denial only when asked to', async () => {
    slipway.plan = { ...emptyPlan(), environments: [environment([denial])] };
    await expect(plan({ failOn: 'denials' })).rejects.toThrow(
      'Policies deny the plan:\n  staging: deny: the image has the tag latest',
    );
  });

  it('takes a rule that could not be evaluated for a denial', async () => {
    const verdict = { ...denial, result: 'error' as const };
    slipway.plan = { ...emptyPlan(), environments: [environment([verdict])] };
    await expect(plan({ failOn: 'denials' })).rejects.toThrow(
      'error: the image',
    );
  });

  describe('when the files have problems', () => {
    beforeEach(() => {
      slipway.plan = {
        ...emptyPlan(),
        problems: [
          {
            path: 'spec.workloads[0].port',
            segments: ['spec', 'workloads', 0, 'port'],
            file: PATH,
            line: 9,
            column: 13,
            code: 'range',
            severity: 'error',
            message: 'port is too large',
            found: '99999',
          },
        ],
      };
    });

    it('fails with each of them, where it stands', async () => {
      await expect(plan()).rejects.toThrow(
        `The plan has problems:\n  ${PATH}:9:13: error: port is too large (found 99999)`,
      );
    });

    it('goes on when told never to fail', async () => {
      const { output } = await plan({ failOn: 'never' });
      expect(output.headline).toBe(slipway.plan.headline);
    });
  });

  it('says what to do when there are no platform files', async () => {
    workspace.setContent({ 'README.md': '' });
    await expect(plan()).rejects.toThrow(
      'There are no platform files in the workspace',
    );
  });

  it.each(['README.md', '../secrets.yaml', 'organizations/shop/../../x.yaml'])(
    'refuses %s, which is no platform file',
    async path => {
      await expect(plan({ files: [path] })).rejects.toThrow(
        'is no path of a platform repository',
      );
      expect(slipway.requests).toEqual([]);
    },
  );

  it('says that the backend is away, and that nothing was changed', async () => {
    await slipway.stop();
    await expect(plan()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('Nothing was changed'),
    });
    slipway = await FakeSlipway.start();
  });
});
