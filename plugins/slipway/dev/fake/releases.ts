import type {
  ApiEnvironment,
  ApiPromotion,
  ApiRelease,
  ApiReleaseDetails,
} from '@slipway/plugin-slipway-common';
import { ago } from './ago';
import type { FakeAnswers } from './fakeClient';
import { environment } from './environments';
import { environmentPlan } from './plans';

const REVISIONS = {
  new: '4f2a91c6b7a24f90c1d2e3f4a5b6c7d8e9f00112',
  current: '9d03c1e5b7a24f90c1d2e3f4a5b6c7d8e9f00112',
  old: '71ab22f0b7a24f90c1d2e3f4a5b6c7d8e9f00112',
};

export const release = (changes: Partial<ApiRelease> = {}): ApiRelease => ({
  id: '9d03c1e50001',
  revision: REVISIONS.current,
  workloads: [
    {
      name: 'web',
      revision: REVISIONS.current,
      digest:
        'sha256:0c5d3e1b9a7f4e2d8c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e0d9c8b7a6f5e4d',
    },
  ],
  by: 'user:default/ana',
  at: ago(1_500),
  where: [
    { environment: 'production', state: 'running', since: ago(180) },
    { environment: 'preview-142', state: 'running', since: ago(1_440) },
  ],
  message: 'Retry payments three times',
  url: 'https://github.com/shop/checkout/actions/runs/1182',
  ...changes,
});

export const newRelease = release({
  id: '4f2a91c60002',
  revision: REVISIONS.new,
  workloads: [{ name: 'web', revision: REVISIONS.new }],
  by: 'user:default/ben',
  at: ago(14),
  where: [{ environment: 'staging', state: 'unhealthy', since: ago(12) }],
  message: 'Take the image from the new registry',
});

export const oldRelease = release({
  id: '71ab22f00003',
  revision: REVISIONS.old,
  workloads: [{ name: 'web', revision: REVISIONS.old }],
  at: ago(9_000),
  where: [],
  message: 'Charge in the currency of the customer',
});

/** Newest first. */
export const releases = [newRelease, release(), oldRelease];

const YES = { allowed: true };

export const releaseDetails = (
  changes: Partial<ApiReleaseDetails> = {},
): ApiReleaseDetails => ({
  organization: 'shop',
  service: 'checkout',
  release: release(),
  branch: 'main',
  repository: 'https://github.com/shop/checkout',
  createdAt: ago(1_510),
  targets: [
    { environment: 'preview-142', rollback: YES },
    { environment: 'staging', rollback: YES },
    { environment: 'production', rollback: YES },
  ],
  timeline: [
    {
      id: '23',
      at: ago(185),
      type: 'release.promoted',
      title: 'Change request #57 promotes 9d03c1e from staging',
      actor: 'user:default/ana',
      link: '/slipway/change-requests/cr-57',
      correlation: REVISIONS.current,
      data: { release: '9d03c1e50001', from: 'staging' },
    },
    {
      id: '22',
      at: ago(1_500),
      type: 'revision.reported',
      title: 'CI reported 9d03c1e',
      actor: 'user:default/ana',
      correlation: REVISIONS.current,
      data: { release: '9d03c1e50001' },
    },
  ],
  ...changes,
});

/** What a rollback or promotion changes: the image, and nothing that a person has to think about. */
export const movePlan = (before: string, after: string) =>
  environmentPlan({
    environment: 'production',
    class: 'production',
    cluster: 'sandbox-us',
    namespace: 'shop--checkout--production',
    objects: [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
        verb: 'update',
        part: 'workload',
        path: 'workload/deployment-web.yaml',
        fields: [
          {
            pointer: '/spec/template/spec/containers/0/image',
            before: `registry.example.com/shop/checkout:${before}`,
            after: `registry.example.com/shop/checkout:${after}`,
          },
        ],
        source: { specPath: 'workloads[0].image', line: 14 },
      },
    ],
    gates: [{ workload: 'web', open: true, revision: after }],
    verdicts: [],
    quota: [],
    cost: { currency: 'EUR', cents: 2320, centsBefore: 2320, lines: [] },
    digest: 'sha256:cccc',
  });

export const promotion = (
  changes: Partial<ApiPromotion> = {},
): ApiPromotion => ({
  organization: 'shop',
  service: 'checkout',
  environment: 'production',
  from: 'staging',
  allowed: YES,
  release: newRelease,
  current: release(),
  diff: movePlan(REVISIONS.current, REVISIONS.new),
  direct: false,
  warnings: [],
  ...changes,
});

/** Why not: what staging runs isn't well. */
export const blockedPromotion = (): ApiPromotion =>
  promotion({
    allowed: {
      allowed: false,
      reason: 'staging is not healthy with 4f2a91c.',
    },
    blocked: {
      reason: 'SourceNotHealthy',
      message:
        "staging is not healthy with 4f2a91c: web: image checkout:4f2a91c can't be pulled. What is promoted has to run there first.",
    },
  });

export const rollback = (changes: Partial<ApiPromotion> = {}): ApiPromotion =>
  promotion({
    from: undefined,
    release: oldRelease,
    diff: movePlan(REVISIONS.current, REVISIONS.old),
    warnings: [
      'web migrates its database (migrate-orders): what the newer release wrote may be unreadable to the older one.',
    ],
    ...changes,
  });

/** Production of several services, each with what its staging would bring: possible, there already, and not well. */
export const promotable = (): ApiEnvironment[] =>
  ['catalogue', 'checkout', 'pricing', 'search'].map(service =>
    environment({
      service,
      name: 'production',
      class: 'production',
      promoteFrom: 'staging',
    }),
  );

const promotionOf = (service: string): ApiPromotion => {
  const diff = {
    ...movePlan(REVISIONS.current, REVISIONS.new),
    service,
    namespace: `shop--${service}--production`,
  };
  switch (service) {
    case 'pricing':
      return promotion({
        service,
        release: release(),
        blocked: {
          reason: 'SameRelease',
          message: 'production runs 9d03c1e already.',
        },
      });
    case 'search':
      return { ...blockedPromotion(), service };
    case 'checkout':
      return promotion({
        service,
        diff,
        changeRequest: { id: 'cr-59', number: 59 },
      });
    default:
      return promotion({ service, diff });
  }
};

/** What the page that promotes several services asks. */
export const promotionsAnswers: FakeAnswers = {
  'GET /v1alpha1/environments': () => ({
    items: promotable(),
    total: 4,
    states: [],
  }),
  'GET /v1alpha1/environments/*/*/*/promotion': ({ path }) =>
    promotionOf(path.split('/')[4]),
  'POST /v1alpha1/promotions': () => ({
    id: 'cr-61',
    created: true,
    direct: false,
  }),
};

/** What the backend answers about releases. */
export const releaseAnswers: FakeAnswers = {
  'GET /v1alpha1/services/*/*/releases': () => ({ items: releases }),
  'GET /v1alpha1/services/*/*/releases/*': ({ path }) => {
    const id = path.split('/').pop();
    return releaseDetails({
      release: releases.find(each => each.id === id) ?? release(),
    });
  },
  'GET /v1alpha1/environments/*/*/*/promotion': ({ path }) =>
    promotion({ environment: path.split('/')[5] }),
  'GET /v1alpha1/environments/*/*/*/rollback': ({ path, query }) => {
    const to = releases.find(({ id }) => id === query.get('to'));
    return rollback({
      environment: path.split('/')[5],
      release: to,
      warnings: to === oldRelease ? rollback().warnings : [],
    });
  },
  'POST /v1alpha1/environments/*/*/*/promote': () => ({
    id: 'cr-59',
    created: true,
    direct: false,
  }),
  'POST /v1alpha1/environments/*/*/*/rollback': () => ({
    id: 'cr-60',
    created: true,
    direct: false,
  }),
};
