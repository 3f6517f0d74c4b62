import type {
  ApiChangeRequest,
  ApiChangeRequestDetails,
  ApiEnvironmentPlan,
  ApiPlan,
} from '@slipway/plugin-slipway-common';
import { ago } from './ago';

export const environmentPlan = (
  changes: Partial<ApiEnvironmentPlan> = {},
): ApiEnvironmentPlan => ({
  organization: 'shop',
  service: 'checkout',
  environment: 'staging',
  class: 'shared-staging',
  cluster: 'sandbox-eu',
  namespace: 'shop--checkout--staging',
  verb: 'update',
  objects: [
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      name: 'orders-db',
      verb: 'create',
      part: 'workload',
      path: 'workload/statefulset-orders-db.yaml',
      fields: [],
      summary: 'postgres 16, 10Gi',
      source: { specPath: 'databases[0]', line: 41 },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'web',
      verb: 'update',
      part: 'workload',
      path: 'workload/deployment-web.yaml',
      fields: [
        {
          pointer: '/spec/template/spec/containers/0/env/0',
          after: { name: 'DATABASE_URL' },
        },
        { pointer: '/spec/replicas', before: 1, after: 2 },
      ],
      source: { specPath: 'workloads[0].needs', line: 22 },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      name: 'web',
      verb: 'keep',
      part: 'workload',
      path: 'workload/service-web.yaml',
      fields: [],
    },
  ],
  files: [],
  verdicts: [
    {
      pack: 'baseline',
      rule: 'replicas-for-production',
      result: 'warn',
      message: 'web has 1 replica; a node going down stops it.',
      fix: 'workloads[web].replicas: 2',
      source: { specPath: 'workloads[0].replicas', line: 19 },
    },
  ],
  passed: 14,
  quota: [
    {
      resource: 'requests.cpu',
      before: '2400m',
      after: '3',
      limit: '5',
      fits: true,
    },
    {
      resource: 'requests.memory',
      before: '6Gi',
      after: '11Gi',
      limit: '10Gi',
      fits: false,
    },
    { resource: 'services', before: '0', after: '0', limit: '60', fits: true },
  ],
  cost: {
    currency: 'EUR',
    cents: 4120,
    centsBefore: 2920,
    lines: [{ item: 'orders-db', detail: '10Gi storage', cents: 1200 }],
  },
  gates: [{ workload: 'web', open: false }],
  approval: {
    required: true,
    count: 1,
    groups: ['group:default/payments-leads'],
  },
  digest: 'sha256:aaaa',
  approvalDigest: 'sha256:bbbb',
  ...changes,
});

export const plan = (changes: Partial<ApiPlan> = {}): ApiPlan => ({
  headline:
    '1 file · +1 ~1 −0 objects in 1 environment · 1 warning · €41.20 a month (+12.00)',
  problems: [],
  files: [
    {
      path: 'organizations/shop/services/checkout.yaml',
      verb: 'update',
      before: 'spec:\n  replicas: 1\n',
      after: 'spec:\n  replicas: 2\n',
    },
  ],
  environments: [environmentPlan()],
  totals: {
    create: 1,
    update: 1,
    delete: 0,
    warnings: 1,
    denials: 0,
    cents: 4120,
    centsBefore: 2920,
    currency: 'EUR',
  },
  base: '71ab22f0b7a24f90c1d2e3f4a5b6c7d8e9f00112',
  ...changes,
});

export const changeRequest = (
  changes: Partial<ApiChangeRequest> = {},
): ApiChangeRequest => ({
  id: 'cr-58',
  number: 58,
  subject: 'service/shop/checkout',
  title: 'Retry payments',
  description: 'Payments are tried three times.',
  state: 'open',
  author: 'user:default/ana',
  organization: 'shop',
  paths: ['organizations/shop/services/checkout.yaml'],
  branch: 'slipway/service-shop-checkout',
  baseCommit: '71ab22f0b7a24f90c1d2e3f4a5b6c7d8e9f00112',
  headCommit: '4f2a91c0b7a24f90c1d2e3f4a5b6c7d8e9f00112',
  repository: 'platform',
  createdAt: ago(120),
  updatedAt: ago(60),
  approvals: 0,
  ...changes,
});

/** As a Git host says of it: two people have looked, one check failed. */
export const pullRequest = (
  changes: Partial<NonNullable<ApiChangeRequestDetails['pullRequest']>> = {},
): NonNullable<ApiChangeRequestDetails['pullRequest']> => ({
  host: 'github',
  number: 58,
  url: 'https://github.com/acme/platform/pull/58',
  seenAt: ago(0.2),
  reviews: [
    { author: 'bob', verdict: 'approved', at: ago(12), commit: 'c'.repeat(40) },
    {
      author: 'eve',
      verdict: 'changes-requested',
      at: ago(60),
      commit: 'b'.repeat(40),
      stale: true,
    },
  ],
  checks: [
    { name: 'ci/test', state: 'success', url: 'https://ci.example.org/58' },
    { name: 'ci/image', state: 'pending' },
    {
      name: 'slipway/plan',
      state: 'failure',
      description: 'Policy denies it',
    },
  ],
  ...changes,
});

export const changeRequestDetails = (
  changes: Partial<ApiChangeRequestDetails> = {},
): ApiChangeRequestDetails => ({
  ...changeRequest(),
  files: [
    {
      path: 'organizations/shop/services/checkout.yaml',
      status: 'modified',
      additions: 1,
      deletions: 1,
      patch: [
        '--- a/organizations/shop/services/checkout.yaml',
        '+++ b/organizations/shop/services/checkout.yaml',
        '@@ -20,3 +20,3 @@',
        '       needs:',
        '-      replicas: 1',
        '+      replicas: 2',
        '       resources:',
        '',
      ].join('\n'),
    },
  ],
  plan: plan(),
  comments: [
    {
      id: 'c1',
      author: 'user:default/ben',
      at: ago(30),
      body: 'Why two?',
    },
  ],
  conflicts: [],
  allowed: {
    comment: true,
    approve: true,
    merge: false,
    close: true,
    reasons: { merge: 'One approval of payments-leads is missing.' },
  },
  ...changes,
});
