import type { ApiPlan } from '@slipway/plugin-slipway-common';
import { pullRequestReport } from './pullRequestReport';

const environment: ApiPlan['environments'][number] = {
  organization: 'acme',
  service: 'shop',
  environment: 'production',
  class: 'production',
  cluster: 'eu-1',
  namespace: 'acme-shop-production',
  verb: 'update',
  objects: [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'web',
      verb: 'update',
      part: 'workload',
      path: 'workload/web.yaml',
      fields: [{ pointer: '/spec/replicas', before: 2, after: 3 }],
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      name: 'data',
      verb: 'delete',
      part: 'workload',
      path: 'workload/data.yaml',
      fields: [],
      holdsData: true,
    },
  ],
  files: [],
  verdicts: [],
  passed: 3,
  quota: [],
  cost: { currency: 'EUR', cents: 4120, centsBefore: 3000, lines: [] },
  gates: [],
  approval: { required: true, count: 2, groups: ['group:default/leads'] },
  digest: 'd',
  approvalDigest: 'a',
};

const plan: ApiPlan = {
  headline: '1 file · +0 ~1 −1 objects in 1 environment',
  problems: [],
  files: [],
  environments: [environment],
  totals: {
    create: 0,
    update: 1,
    delete: 1,
    warnings: 0,
    denials: 0,
    cents: 4120,
    centsBefore: 3000,
    currency: 'EUR',
  },
};

const report = (options: Partial<Parameters<typeof pullRequestReport>[0]>) =>
  pullRequestReport({ plan, conflicts: [], ...options });

it('tells headline, objects, cost, approval and the rendered difference', () => {
  const { comment, check } = report({ link: 'https://portal.example.org/1' });
  expect(comment).toContain('| acme/shop **production** | +0 ~1 −1 | fits |');
  expect(comment).toContain('€41.20 a month');
  expect(comment).toContain('2 wanted');
  expect(comment).toContain('-   /spec/replicas: 2\n+   /spec/replicas: 3');
  expect(comment).toContain('- PersistentVolumeClaim data (holds data)');
  expect(comment).toContain('(https://portal.example.org/1)');
  expect(check).toEqual({
    name: 'slipway/plan',
    state: 'success',
    description: plan.headline,
    url: 'https://portal.example.org/1',
  });
});

it('keeps the check pending while somebody has yet to agree, and says who, where and in the comment', () => {
  const missing =
    'acme/shop/production needs 2 approvals by somebody of group:default/leads, and has 1. Approve this change request first.';
  const waiting = report({ missing });
  expect(waiting.check).toMatchObject({
    state: 'pending',
    description: missing.slice(0, 140),
  });
  expect(waiting.comment).toContain(`**It can’t be merged yet.** ${missing}`);
  expect(report({ missing, conflicts: ['shop.yaml'] }).check).toMatchObject({
    state: 'failure',
  });
});

it('fails the check for a conflict, for files with errors, and for what policy denies, and says which', () => {
  expect(report({ conflicts: ['shop.yaml'] }).check).toMatchObject({
    state: 'failure',
    description: 'Conflicts in shop.yaml',
  });
  const problem = {
    file: 'organizations/acme/shop.yaml',
    line: 7,
    path: 'spec.replicas',
    segments: ['spec', 'replicas'],
    code: 'wrong-type' as never,
    severity: 'error' as const,
    message: 'spec.replicas is "two"; a number is wanted.',
  };
  const wrong = report({ plan: { ...plan, problems: [problem] } });
  expect(wrong.check.state).toBe('failure');
  expect(wrong.comment).toContain('`organizations/acme/shop.yaml:7`');
  const denied = report({
    plan: {
      ...plan,
      environments: [
        {
          ...environment,
          verdicts: [
            {
              pack: 'base',
              rule: 'no-latest',
              result: 'deny',
              message: 'latest is no revision',
            },
          ],
        },
      ],
    },
  });
  expect(denied.check.state).toBe('failure');
  expect(denied.comment).toContain('latest is no revision');
});

it('calls nobody by name, and lets nothing of a spec out of the place where it is shown', () => {
  const { comment } = report({
    plan: {
      ...plan,
      headline: '@everyone <img src=x> [x](http://evil)',
      environments: [
        {
          ...environment,
          objects: [
            {
              ...environment.objects[0],
              fields: [
                { pointer: '/data', before: 'a', after: '```\n# @everyone' },
              ],
            },
          ],
        },
      ],
    },
  });
  expect(comment).not.toMatch(/(^|[^\\])<img/);
  expect(comment.split('\n')[0]).not.toContain('@everyone');
  expect(comment.split('```')).toHaveLength(3);
});

it('stays below what a host takes, and says that there is more', () => {
  const { comment } = report({
    plan: {
      ...plan,
      environments: Array.from({ length: 500 }, () => environment),
    },
  });
  expect(comment.length).toBeLessThan(31_000);
  expect(comment).toContain('the rest is in the portal');
});
