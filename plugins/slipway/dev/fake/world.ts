import type {
  ApiClass,
  ApiOperations,
  ApiOrganization,
  ApiService,
} from '@slipway/plugin-slipway-common';
import { ago } from './ago';
import {
  environmentDetails,
  preview,
  production,
  staging,
} from './environments';
import type { FakeAnswers } from './fakeClient';
import {
  drift,
  logs,
  noDrift,
  objectDetails,
  pipelineLogs,
  pipelineRuns,
  podDetails,
} from './live';
import { environmentList, fleetAnswers } from './fleet';
import {
  changeRequest,
  changeRequestDetails,
  environmentPlan,
  plan,
} from './plans';
import { adoptionAnswers } from './adoptions';
import { onboardingAnswers } from './onboarding';
import { releaseAnswers } from './releases';

export const organization = (
  changes: Partial<ApiOrganization> = {},
): ApiOrganization => ({
  name: 'shop',
  displayName: 'The Shop',
  owner: 'group:default/payments',
  pipelineEngine: 'tekton',
  services: 2,
  environments: 3,
  cents: 4120,
  currency: 'EUR',
  problems: [],
  mayCreate: true,
  ...changes,
});

export const environmentClass = (
  changes: Partial<ApiClass> = {},
): ApiClass => ({
  name: 'shared-staging',
  description: 'Where changes are tried together before production.',
  approval: { required: false, count: 1, groups: [], on: 'structure' },
  quota: {
    name: 'medium',
    hard: { 'requests.cpu': '5', 'requests.memory': '10Gi' },
  },
  policies: ['baseline'],
  delivery: 'direct',
  selfHeal: true,
  retainDatabases: true,
  base: { cents: 500, currency: 'EUR' },
  regions: ['eu-a'],
  clusters: ['sandbox-eu'],
  ...changes,
});

export const previewClass = environmentClass({
  name: 'preview',
  description: 'For one pull request.',
  ttl: { default: '72h', max: '336h' },
  retainDatabases: false,
});

export const service = (changes: Partial<ApiService> = {}): ApiService => ({
  organization: 'shop',
  name: 'checkout',
  path: 'organizations/shop/services/checkout.yaml',
  commit: '71ab22f',
  text: 'kind: ServiceSpec\n',
  problems: [],
  environments: [preview, staging, production],
  entityRef: 'component:default/checkout',
  cents: 4120,
  currency: 'EUR',
  ...changes,
});

export const operations = (
  changes: Partial<ApiOperations> = {},
): ApiOperations => ({
  queue: { due: 1, leased: 2, waiting: 3, dead: 1, oldestDueMs: 4_000 },
  sources: [
    {
      id: 'platform',
      role: 'platform',
      url: 'https://git.example.com/platform/platform',
      branch: 'main',
      state: 'held',
      commit: '71ab22f0b7a24f90c1d2e3f4a5b6c7d8e9f00112',
      readAt: ago(1),
      held: [
        'organizations/shop/services/checkout.yaml',
        'organizations/shop/services/catalogue.yaml',
      ],
    },
  ],
  clusters: [
    {
      name: 'sandbox-eu',
      title: 'Sandbox EU',
      region: 'eu-a',
      sandbox: true,
      argocd: { cluster: 'sandbox-eu', namespace: 'argocd' },
      version: 'v1.36.1',
      age: { name: 'sandbox-eu', state: 'live', asOf: ago(0) },
    },
  ],
  gitHosts: [
    {
      host: 'github.com',
      type: 'github',
      rateLimit: {
        remaining: 4_711,
        limit: 5_000,
        resetAt: ago(-25),
        asOf: ago(1),
      },
    },
    {
      host: 'gitlab.example.com',
      type: 'gitlab',
      rateLimit: {
        remaining: 0,
        limit: 2_000,
        resetAt: ago(-4),
        asOf: ago(1),
      },
    },
    { host: 'bitbucket.org', type: 'bitbucket' },
  ],
  writerDepth: 0,
  ...changes,
});

const ORGANIZATION_FILE = `apiVersion: slipway.dev/v1alpha1
kind: Organization
metadata:
  name: shop
spec:
  owner: group:default/payments
  displayName: The Shop
  gitHost:
    integration: plain
    namespace: shop-code
  pipelineEngine: tekton
  webhook:
    domain: hooks.example.com
  secretStore:
    provider: kubernetes
  registry:
    url: registry.example.com/shop
`;

/** A platform with one organization, one service, three environments and one open change request. */
export const world = (changes: FakeAnswers = {}): FakeAnswers => ({
  ...fleetAnswers,
  ...releaseAnswers,
  ...adoptionAnswers,
  ...onboardingAnswers,
  'GET /v1alpha1/organizations': () => ({ items: [organization()] }),
  'GET /v1alpha1/classes': () => ({
    items: [environmentClass(), previewClass],
  }),
  'GET /v1alpha1/clusters': () => ({ items: operations().clusters }),
  'GET /v1alpha1/services': () => ({
    items: [
      {
        organization: 'shop',
        name: 'checkout',
        owner: 'group:default/payments',
        lifecycle: 'production',
        path: 'organizations/shop/services/checkout.yaml',
        environments: ['staging', 'production'],
        problems: 0,
        updatedAt: ago(60),
      },
    ],
  }),
  'GET /v1alpha1/services/*/*': () => service(),
  'GET /v1alpha1/environments': environmentList([preview, staging, production]),
  'GET /v1alpha1/environments/*/*/*': ({ path }) => {
    const name = path.split('/').pop();
    const found = [preview, staging, production].find(
      each => each.name === name,
    );
    return environmentDetails(found);
  },
  'GET /v1alpha1/environments/*/*/*/plan': ({ path }) => {
    const of = [preview, staging, production].find(
      ({ name }) => path.split('/')[5] === name,
    );
    return environmentPlan(
      of && {
        environment: of.name,
        class: of.class,
        cluster: of.cluster,
        namespace: of.namespace,
      },
    );
  },
  'GET /v1alpha1/environments/*/*/*/pipelines': () => ({
    items: pipelineRuns,
    sources: [{ name: 'sandbox-eu', state: 'live', asOf: ago(0) }],
  }),
  'GET /v1alpha1/services/*/*/pipelines': () => ({
    items: pipelineRuns,
    sources: [{ name: 'sandbox-eu', state: 'live', asOf: ago(0) }],
  }),
  'GET /v1alpha1/services/*/*/pipelines/*/logs': () => pipelineLogs(),
  'POST /v1alpha1/services/*/*/pipelines/*/rerun': () => ({ id: 'r4' }),
  'GET /v1alpha1/environments/*/*/*/drift': ({ path }) =>
    path.includes('/production/') ? drift() : noDrift(),
  'POST /v1alpha1/environments/*/*/*/drift/put-back': () => ({
    key: 'environment:shop/checkout/production',
  }),
  'POST /v1alpha1/environments/*/*/*/drift/accept': () => ({
    id: 'cr-58',
    created: true,
  }),
  'GET /v1alpha1/environments/*/*/*/object': ({ query }) =>
    query.get('kind') === 'Pod' ? podDetails() : objectDetails(),
  'GET /v1alpha1/environments/*/*/*/logs': () => logs(),
  'GET /v1alpha1/environments/*/*/*/timeline': () => ({ items: [] }),
  'POST /v1alpha1/environments/*/*/*/refresh': () => ({
    key: 'environment:shop/checkout/staging',
  }),
  'POST /v1alpha1/environments/*/*/*/sync': () => ({
    key: 'environment:shop/checkout/staging',
  }),
  'POST /v1alpha1/environments/*/*/*/reconcile': () => ({
    key: 'environment:shop/checkout/staging',
  }),
  'POST /v1alpha1/environments/*/*/*/approve': () => ({
    key: 'environment:shop/checkout/production',
  }),
  'GET /v1alpha1/files': ({ query }) => ({
    path: query.get('path'),
    content: ORGANIZATION_FILE,
    commit: '71ab22f',
  }),
  'POST /v1alpha1/plans': () => plan(),
  'GET /v1alpha1/change-requests': ({ query }) => ({
    items: query.get('state') === 'open' ? [changeRequest()] : [],
  }),
  'GET /v1alpha1/change-requests/*': () => changeRequestDetails(),
  'POST /v1alpha1/change-requests/*/comments': ({ body }) => ({
    id: 'c2',
    author: 'user:default/guest',
    at: ago(0),
    body: (body as { body: string }).body,
  }),
  'POST /v1alpha1/change-requests/*/approve': () => changeRequestDetails(),
  'POST /v1alpha1/change-requests/*/merge': () =>
    changeRequestDetails({ state: 'merged' }),
  'POST /v1alpha1/change-requests/*/close': () =>
    changeRequestDetails({ state: 'closed' }),
  'GET /v1alpha1/operations': () => operations(),
  'GET /v1alpha1/operations/queue': ({ query }) => ({
    items:
      query.get('state') === 'dead'
        ? [
            {
              key: 'environment:shop/checkout/staging',
              dueAt: ago(10),
              attempts: 10,
              lastError: 'The cluster sandbox-eu refused the namespace.',
              deadSince: ago(5),
              updatedAt: ago(5),
            },
          ]
        : [],
  }),
  'POST /v1alpha1/operations/queue/replay': ({ body }) => ({
    replayed: (body as { keys: string[] }).keys.length,
  }),
  'POST /v1alpha1/operations/sources/*/confirm': () => ({
    key: 'source:platform',
  }),
  ...changes,
});
