import {
  ROAD,
  type ApiCondition,
  type ApiEnvironment,
  type ApiEnvironmentDetails,
  type ApiLiveObject,
  type ApiTimelineEntry,
  type RoadStation,
} from '@slipway/plugin-slipway-common';
import { ago } from './ago';
import { allowed } from './live';

export { ago };

/** Done up to a station, which says something else; what comes after it is still ahead. */
export function conditions(
  stop?: { at: RoadStation } & Pick<ApiCondition, 'reason' | 'message'> & {
      status?: ApiCondition['status'];
      minutes?: number;
    },
): ApiCondition[] {
  const stopIndex = stop ? ROAD.indexOf(stop.at) : ROAD.length;
  return ROAD.map((type, index) => {
    const base = { type, observedGeneration: 1 };
    if (index < stopIndex) {
      return {
        ...base,
        status: 'True',
        reason: type === 'Validated' ? 'Valid' : type,
        message: '',
        lastTransitionTime: ago(180 - index),
      };
    }
    if (stop && index === stopIndex) {
      return {
        ...base,
        status: stop.status ?? 'False',
        reason: stop.reason,
        message: stop.message,
        lastTransitionTime: ago(stop.minutes ?? 12),
      };
    }
    return {
      ...base,
      status: 'Unknown',
      reason: 'Ahead',
      message: '',
      lastTransitionTime: ago(180),
    };
  });
}

export function environment(
  changes: Partial<ApiEnvironment> = {},
): ApiEnvironment {
  return {
    organization: 'shop',
    service: 'checkout',
    name: 'staging',
    class: 'shared-staging',
    cluster: 'sandbox-eu',
    region: 'eu-a',
    sandbox: true,
    namespace: `shop--${changes.service ?? 'checkout'}--${changes.name ?? 'staging'}`,
    phase: 'ready',
    owner: 'group:default/payments',
    conditions: conditions(),
    release: { web: { revision: '9d03c1e5b7a24f90c1d2e3f4a5b6c7d8e9f00112' } },
    commit: 'c01d5aa1b7a24f90c1d2e3f4a5b6c7d8e9f00112',
    syncedRevision: 'c01d5aa1b7a24f90c1d2e3f4a5b6c7d8e9f00112',
    gates: [{ workload: 'web', open: true, revision: '9d03c1e' }],
    digest: 'sha256:aaaa',
    approvalDigest: 'sha256:bbbb',
    cents: 1190,
    currency: 'EUR',
    drift: { state: 'none', objects: 0, fields: 0, checkedAt: ago(0.2) },
    source: { name: 'sandbox-eu', state: 'live', asOf: ago(0) },
    updatedAt: ago(1),
    lastChange: {
      author: 'user:default/ana',
      at: ago(180),
      commit: 'c01d5aa1b7a24f90c1d2e3f4a5b6c7d8e9f00112',
    },
    ...changes,
  };
}

export const preview = environment({
  name: 'preview-142',
  class: 'preview',
  cents: 610,
});

export const staging = environment({
  promoteFrom: 'preview-142',
  phase: 'failed',
  conditions: conditions({
    at: 'Healthy',
    reason: 'Degraded',
    message: "web: image checkout:4f2a91c can't be pulled (not found).",
  }),
  release: { web: { revision: '4f2a91c' } },
});

export const production = environment({
  name: 'production',
  promoteFrom: 'staging',
  class: 'production',
  cluster: 'sandbox-us',
  region: 'us-b',
  phase: 'pending_approval',
  conditions: conditions({
    at: 'Approved',
    reason: 'ApprovalWanted',
    message: 'One of payments-leads must agree to €29.40 a month (+6.20).',
    minutes: 120,
  }),
  source: { name: 'sandbox-us', state: 'live', asOf: ago(0) },
  drift: {
    state: 'drifted',
    objects: 1,
    fields: 1,
    checkedAt: ago(0.2),
    since: ago(26),
  },
  cents: 2320,
});

export const timeline: ApiTimelineEntry[] = [
  {
    id: '5',
    at: ago(12),
    type: 'health',
    reason: 'Degraded',
    title: 'Not healthy: image checkout:4f2a91c not found',
    correlation: 'commit:c01d5aa',
  },
  {
    id: '4',
    at: ago(13),
    type: 'sync',
    title: 'Synced by Argo CD',
    actor: 'argocd',
    correlation: 'commit:c01d5aa',
  },
  {
    id: '3',
    at: ago(14),
    type: 'commit',
    title: 'Release 4f2a91c committed',
    actor: 'user:default/ben',
    correlation: 'commit:c01d5aa',
    data: { release: '4f2a91c60002' },
  },
  {
    id: '2',
    at: ago(1_500),
    type: 'merge',
    title: 'Change request #58 merged',
    actor: 'user:default/ana',
    link: '/slipway/change-requests/58',
    correlation: 'change:58',
    data: { release: '9d03c1e50001' },
  },
  {
    id: '1',
    at: ago(1_560),
    type: 'change-request',
    title: 'Change request #58 opened',
    actor: 'user:default/ana',
    link: '/slipway/change-requests/58',
    correlation: 'change:58',
  },
];

const STAGING = 'shop--checkout--staging';

/** A Deployment that can't pull its image, with what it owns, and what is well beside it. */
export const objects: ApiLiveObject[] = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    name: 'web',
    namespace: STAGING,
    health: 'Healthy',
    sync: 'Synced',
    uid: 'b',
    createdAt: ago(1_500),
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'web',
    namespace: STAGING,
    health: 'Degraded',
    sync: 'Synced',
    message: 'ImagePullBackOff',
    uid: 'a',
    createdAt: ago(1_500),
  },
  {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    name: 'web-6f7c9d',
    namespace: STAGING,
    health: 'Progressing',
    uid: 'c',
    owner: 'a',
    createdAt: ago(12),
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    name: 'web-6f7c9d-x2x9k',
    namespace: STAGING,
    health: 'Degraded',
    message:
      'web: back-off pulling image "registry.example.com/shop/checkout:4f2a91c"',
    uid: 'd',
    owner: 'c',
    createdAt: ago(12),
  },
  {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    name: 'web-58d4b7',
    namespace: STAGING,
    health: 'Healthy',
    uid: 'e',
    owner: 'a',
    createdAt: ago(1_500),
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    name: 'web-58d4b7-p7q2m',
    namespace: STAGING,
    health: 'Healthy',
    uid: 'f',
    owner: 'e',
    createdAt: ago(1_500),
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    name: 'orders-db',
    namespace: STAGING,
    health: 'Healthy',
    sync: 'Synced',
    uid: 'g',
    createdAt: ago(4_000),
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    name: 'orders-db-0',
    namespace: STAGING,
    health: 'Healthy',
    uid: 'h',
    owner: 'g',
    createdAt: ago(4_000),
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    name: 'web-to-orders-db',
    namespace: STAGING,
    health: 'Healthy',
    sync: 'Synced',
    uid: 'i',
    createdAt: ago(4_000),
  },
];

/** What the kubelet says of a Pod that can't pull its image. */
export const warnings: NonNullable<ApiEnvironmentDetails['warnings']> = [
  {
    cluster: 'sandbox-eu',
    kind: 'Pod',
    name: 'web-6f7c9d-x2x9k',
    reason: 'Failed',
    message:
      'Failed to pull image "registry.example.com/shop/checkout:4f2a91c": not found',
    count: 9,
    firstSeen: ago(12),
    lastSeen: ago(1),
    source: 'kubelet',
  },
];

export const environmentDetails = (
  of: ApiEnvironment = staging,
  changes: Partial<ApiEnvironmentDetails> = {},
): ApiEnvironmentDetails => ({
  ...of,
  // What is well has nothing of what went wrong elsewhere.
  timeline: of.phase === 'failed' ? timeline : timeline.slice(1),
  objects,
  allowed: allowed(),
  warnings: of.phase === 'failed' ? warnings : [],
  argocd: {
    cluster: 'sandbox-eu',
    namespace: 'argocd',
    application: of.namespace,
    url: `https://argocd.example.com/applications/argocd/${of.namespace}`,
  },
  gitops: {
    repository: 'https://git.example.com/platform/gitops',
    folder: `clusters/${of.cluster}/${of.organization}/${of.service}/${of.name}`,
  },
  ...changes,
});
