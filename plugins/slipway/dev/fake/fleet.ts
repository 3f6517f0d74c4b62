import {
  speaking,
  type ApiEnvironment,
  type ApiOrganizationDetails,
  type ApiOverview,
  type ApiPolicyPack,
  type ApiStateCount,
  type Condition,
} from '@slipway/plugin-slipway-common';
import {
  ago,
  conditions,
  environment,
  preview,
  production,
  staging,
  timeline,
} from './environments';
import type { FakeAnswers, FakeRequest } from './fakeClient';
import { changeRequest } from './plans';
import { operations } from './world';

/** An environment that runs, but not as Git has it. */
export const driftedEnvironment = environment({
  service: 'catalogue',
  name: 'staging',
  drift: { state: 'drifted', objects: 1, fields: 1, checkedAt: ago(1) },
  conditions: [
    ...conditions(),
    {
      type: 'Drifted',
      status: 'True',
      reason: 'Drifted',
      message: 'Deployment web: spec.replicas is 5, Git says 3.',
      observedGeneration: 1,
      lastTransitionTime: ago(26),
    },
  ],
});

const standings = new WeakMap<ApiEnvironment, ApiStateCount['state']>();

/** Looked at once: lists of thousands are asked for again and again. */
function standing(of: ApiEnvironment): ApiStateCount['state'] {
  const known =
    standings.get(of) ??
    speaking(of.conditions as unknown as Condition[])?.state ??
    'done';
  standings.set(of, known);
  return known;
}

const drifted = (of: ApiEnvironment): boolean =>
  of.conditions.some(
    ({ type, status }) => type === 'Drifted' && status === 'True',
  );

const ORDER = [
  'stopped',
  'waiting',
  'unknown',
  'here',
  'ahead',
  'done',
  'drifted',
] as const;

export const statesOf = (environments: ApiEnvironment[]): ApiStateCount[] =>
  ORDER.flatMap(state => {
    const count = environments.filter(each =>
      state === 'drifted' ? drifted(each) : standing(each) === state,
    ).length;
    return count > 0 ? [{ state, count }] : [];
  });

/** The list as the backend answers it: narrowed, in order, a part of it. */
export const environmentList =
  (all: ApiEnvironment[]) =>
  ({ query }: FakeRequest) => {
    const asked = (name: string) => query.get(name) ?? '';
    const narrowed = all.filter(
      each =>
        (!asked('organization') ||
          each.organization === asked('organization')) &&
        (!asked('class') || each.class === asked('class')) &&
        asked('text')
          .split(/\s+/)
          .every(word =>
            `${each.organization}/${each.service}/${each.name}`.includes(word),
          ),
    );
    const state = asked('state');
    const matching = narrowed.filter(
      each =>
        !state ||
        (state === 'drifted' ? drifted(each) : standing(each) === state),
    );
    const ranked =
      asked('sort') === 'state'
        ? [...matching].sort(
            (a, b) => ORDER.indexOf(standing(a)) - ORDER.indexOf(standing(b)),
          )
        : matching;
    const offset = Number(asked('offset') || 0);
    return {
      items: ranked.slice(offset, offset + Number(asked('limit') || 500)),
      total: matching.length,
      cents: matching.reduce((sum, { cents }) => sum + cents, 0),
      currency: 'EUR',
      states: statesOf(narrowed),
    };
  };

/** A fleet of any size: mostly well, as fleets are. */
export const fleetOf = (size: number): ApiEnvironment[] =>
  Array.from({ length: size }, (_, n) => {
    const [state] = [staging, production, driftedEnvironment]
      .map((each, i) => ({ each, every: [40, 60, 90][i] }))
      .filter(({ every }) => n % every === 7);
    const name = ['staging', 'production', `preview-${n}`][n % 3];
    return environment({
      organization: ['bank', 'shop', 'media', 'shop', 'shop'][n % 5],
      service: `service-${Math.floor(n / 3)}`,
      name,
      class: ['shared-staging', 'production', 'preview'][n % 3],
      cents: 610 + ((n * 37) % 4_000),
      conditions: state?.each.conditions ?? conditions(),
      lastChange: {
        author: ['user:default/ana', 'user:default/ben'][n % 2],
        at: ago(5 + ((n * 13) % 9_000)),
        commit: 'c01d5aa1b7a24f90c1d2e3f4a5b6c7d8e9f00112',
      },
    });
  });

export const overview = (changes: Partial<ApiOverview> = {}): ApiOverview => {
  const { queue, sources } = operations();
  const fleet = [preview, staging, production, driftedEnvironment];
  return {
    asOf: ago(0),
    states: [
      { state: 'stopped', count: 3 },
      { state: 'waiting', count: 8 },
      { state: 'unknown', count: 2 },
      { state: 'here', count: 14 },
      { state: 'done', count: 385 },
      { state: 'drifted', count: 1 },
    ],
    organizations: [
      {
        name: 'shop',
        displayName: 'The Shop',
        environments: 214,
        failing: 2,
        drifted: 1,
        waiting: 5,
        cents: 412_000,
        currency: 'EUR',
        budgetCents: 500_000,
      },
      {
        name: 'bank',
        displayName: 'Bank',
        environments: 120,
        failing: 1,
        drifted: 0,
        waiting: 3,
        cents: 268_040,
        currency: 'EUR',
        budgetCents: 250_000,
      },
      {
        name: 'media',
        displayName: 'Media',
        environments: 78,
        failing: 0,
        drifted: 0,
        waiting: 0,
        cents: 90_510,
        currency: 'EUR',
      },
    ],
    inbox: [
      {
        id: 'held:platform',
        kind: 'held',
        title: 'platform',
        detail:
          'organizations/shop/services/checkout.yaml, organizations/shop/services/catalogue.yaml',
        since: ago(41),
        link: '/slipway/operations',
      },
      {
        id: 'approval:shop/checkout/production',
        kind: 'approval',
        title: 'shop/checkout/production',
        detail: 'One of payments-leads must agree to €29.40 a month (+6.20).',
        since: ago(120),
        link: '/slipway/environments/shop/checkout/production',
        organization: 'shop',
      },
      {
        id: 'stopped:shop/checkout/staging',
        kind: 'failed',
        title: 'shop/checkout/staging',
        detail:
          "Not healthy: web: image checkout:4f2a91c can't be pulled (not found).",
        since: ago(12),
        link: '/slipway/environments/shop/checkout/staging',
        organization: 'shop',
      },
      {
        id: 'change:cr-58',
        kind: 'change',
        title: '#58 Retry payments',
        since: ago(120),
        link: '/slipway/change-requests/cr-58',
        organization: 'shop',
      },
      {
        id: 'drifted:shop/catalogue/staging',
        kind: 'drifted',
        title: 'shop/catalogue/staging',
        detail: 'Deployment web: spec.replicas is 5, Git says 3.',
        since: ago(26),
        link: '/slipway/environments/shop/catalogue/staging',
        organization: 'shop',
      },
      {
        id: 'deadLetter:environment:shop/checkout/staging',
        kind: 'deadLetter',
        title: 'environment:shop/checkout/staging',
        detail: 'The cluster sandbox-eu refused the namespace.',
        since: ago(5),
        link: '/slipway/operations?queue=dead',
      },
    ],
    inboxTotal: 6,
    failing: fleet.filter(each => standing(each) === 'stopped'),
    drifted: fleet.filter(drifted),
    queue,
    clusters: [
      ...operations().clusters,
      {
        ...operations().clusters[0],
        name: 'sandbox-us',
        title: 'Sandbox US',
        age: { name: 'sandbox-us', state: 'live', asOf: ago(0) },
      },
    ],
    sources,
    ...changes,
  };
};

export const organizationDetails = (
  changes: Partial<ApiOrganizationDetails> = {},
): ApiOrganizationDetails => {
  const fleet = [staging, production, preview, driftedEnvironment];
  return {
    name: 'shop',
    displayName: 'The Shop',
    owner: 'group:default/payments',
    pipelineEngine: 'tekton',
    members: ['group:default/storefront', 'user:default/cleo'],
    path: 'organizations/shop/organization.yaml',
    problems: [],
    mayCreate: true,
    cents: 41_200,
    currency: 'EUR',
    budgetCents: 50_000,
    quota: 'large',
    states: statesOf(fleet),
    services: [
      {
        name: 'catalogue',
        owner: 'group:default/storefront',
        description: 'What there is to buy.',
        lifecycle: 'production',
        entityRef: 'component:default/catalogue',
        environments: 1,
        states: statesOf([driftedEnvironment]),
        cents: 1190,
        currency: 'EUR',
        problems: 0,
      },
      {
        name: 'checkout',
        owner: 'group:default/payments',
        description: 'Takes payments.',
        lifecycle: 'production',
        entityRef: 'component:default/checkout',
        environments: 3,
        states: statesOf([preview, staging, production]),
        cents: 4120,
        currency: 'EUR',
        problems: 1,
      },
    ],
    environments: fleet,
    environmentTotal: fleet.length,
    changeRequests: [changeRequest()],
    timeline,
    links: [
      {
        title: 'organizations/shop/organization.yaml',
        url: 'https://git.example.com/platform/platform',
      },
    ],
    ...changes,
  };
};

export const policyPacks = (): ApiPolicyPack[] => [
  {
    name: 'baseline',
    description: 'What every workload has to keep to.',
    path: 'policies/baseline.yaml',
    classes: ['preview', 'shared-staging', 'production'],
    environments: 412,
    problems: [],
    rules: [
      {
        name: 'replicas-for-production',
        description: 'A node that goes down must not take a service with it.',
        scope: 'object',
        action: 'warn',
        kinds: ['Deployment'],
        message:
          "object.metadata.name + ' has ' + string(object.spec.replicas) + ' replica'",
        fix: 'Set replicas to 2 or more, or add autoscaling.',
        expression: 'object.spec.replicas >= 2',
        export: {
          exported: false,
          reason:
            'Its expression asks for replicas, which the API server fills in before it asks; write .?replicas.orValue(1).',
        },
        hits: [
          {
            organization: 'shop',
            service: 'checkout',
            environment: 'production',
            action: 'warn',
            message: 'web has 1 replica; a node going down stops it.',
            object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
            specPath: 'workloads[web].replicas',
            line: 19,
          },
          {
            organization: 'bank',
            service: 'ledger',
            environment: 'production',
            action: 'warn',
            message: 'ledger has 1 replica; a node going down stops it.',
            object: {
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              name: 'ledger',
            },
            specPath: 'workloads[ledger].replicas',
            line: 24,
          },
        ],
        hitTotal: 2,
      },
      {
        name: 'no-latest',
        description: 'A tag that moves can not be rolled back to.',
        scope: 'object',
        action: 'deny',
        kinds: ['Deployment', 'CronJob'],
        expression:
          "!object.spec.template.spec.containers.exists(c, c.image.endsWith(':latest'))",
        export: { exported: true },
        fix: 'Name a revision.',
        hits: [],
        hitTotal: 0,
      },
    ],
  },
  {
    name: 'spend',
    path: 'policies/spend.yaml',
    classes: [],
    environments: 0,
    problems: [],
    rules: [
      {
        name: 'dear',
        scope: 'plan',
        action: 'allow',
        kinds: [],
        expression: 'plan.cost.cents < 100000',
        export: {
          exported: false,
          reason:
            'It looks at the whole plan; the API server sees one object at a time.',
        },
        hits: [],
        hitTotal: 0,
      },
    ],
  },
];

/** What the backend answers about the platform as a whole. */
export const fleetAnswers: FakeAnswers = {
  'GET /v1alpha1/overview': () => overview(),
  'GET /v1alpha1/organizations/*': () => organizationDetails(),
  'GET /v1alpha1/policies': () => ({ items: policyPacks() }),
};

/** The same of a platform on its first day. */
export const fleetEmpty: FakeAnswers = {
  'GET /v1alpha1/overview': () =>
    overview({
      states: [],
      organizations: [],
      inbox: [],
      inboxTotal: 0,
      failing: [],
      drifted: [],
    }),
  'GET /v1alpha1/organizations/*': () =>
    organizationDetails({
      states: [],
      services: [],
      environments: [],
      environmentTotal: 0,
      changeRequests: [],
      timeline: [],
      members: [],
      cents: 0,
      budgetCents: undefined,
    }),
  'GET /v1alpha1/policies': () => ({ items: [] }),
};

const lost = (name: string) => ({
  name,
  state: 'unreachable' as const,
  asOf: ago(14),
  message: 'connect ECONNREFUSED 10.0.0.7:6443',
});

/** The same while a cluster can't be reached. */
export const fleetPartial: FakeAnswers = {
  'GET /v1alpha1/overview': () => {
    const whole = overview();
    return {
      ...whole,
      clusters: whole.clusters.map(cluster =>
        cluster.name === 'sandbox-us'
          ? { ...cluster, age: lost(cluster.name) }
          : cluster,
      ),
    };
  },
  'GET /v1alpha1/organizations/*': () => {
    const whole = organizationDetails();
    return {
      ...whole,
      environments: whole.environments.map(each =>
        each.cluster === 'sandbox-us'
          ? { ...each, source: lost(each.cluster) }
          : each,
      ),
    };
  },
};
