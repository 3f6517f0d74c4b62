import { liveConditions, type LiveExpectation } from './liveConditions';
import type {
  LiveApplication,
  LiveEnvironment,
  LiveObject,
  SourceAge,
} from './types';

const COMMIT = 'aaaaaaa111';
const source = (
  cluster: string,
  state: SourceAge['state'] = 'live',
): SourceAge => ({ cluster, state, asOf: '2026-01-01T00:00:00Z' });
const application = (more: Partial<LiveApplication> = {}): LiveApplication => ({
  name: 'a',
  namespace: 'argocd',
  uid: 'u',
  deleting: false,
  sync: 'Synced',
  revision: COMMIT,
  reconciledAt: '2026-01-01T00:00:00Z',
  health: 'Healthy',
  selfHeals: true,
  syncs: [],
  errors: [],
  troubled: [],
  resources: 3,
  ...more,
});
const object = (
  kind: string,
  health: LiveObject['health'],
  message?: string,
  name = 'web',
): LiveObject => ({
  apiVersion: 'v1',
  kind,
  name,
  uid: name,
  health,
  message,
});
const live = (more: Partial<LiveEnvironment> = {}): LiveEnvironment => ({
  application: application(),
  objects: [object('Deployment', 'Healthy')],
  events: [],
  sources: [source('hub'), source('eu')],
  ...more,
});
const expected: LiveExpectation = {
  cluster: 'eu',
  argocdCluster: 'hub',
  gates: [{ workload: 'web', open: true }],
  now: new Date('2026-01-01T00:09:00Z'),
  silentAfterMs: 540_000,
};

describe('liveConditions', () => {
  type Row = [
    what: string,
    change: Partial<LiveEnvironment>,
    expectation: Partial<LiveExpectation>,
    status: string,
    reason: string,
    message: string,
  ];

  it.each<Row>([
    ['in sync', {}, {}, 'True', 'Synced', 'At commit aaaaaaa.'],
    [
      'a comparison that is older than Argo CD ever lets one become',
      {},
      { now: new Date('2026-01-01T00:09:01Z') },
      'Unknown',
      'ArgoCDSilent',
      'Argo CD has not compared it since 2026-01-01T00:00:00Z; last known: Synced at aaaaaaa.',
    ],
    [
      'an old comparison after which Argo CD said why it makes no other',
      {
        application: application({ errors: ['ComparisonError: no route'] }),
      },
      { now: new Date('2026-01-02T00:00:00Z') },
      'False',
      'SyncFailed',
      'ComparisonError: no route',
    ],
    [
      'an old comparison where Argo CD compares only when it is told to',
      {},
      { now: new Date('2026-02-01T00:00:00Z'), silentAfterMs: undefined },
      'True',
      'Synced',
      'At commit aaaaaaa.',
    ],
    [
      'nothing answered yet',
      { application: undefined, sources: [] },
      {},
      'Unknown',
      'StatusUnknown',
      'have not answered',
    ],
    [
      'no Application yet',
      { application: undefined },
      {},
      'False',
      'AwaitingArgoCD',
      'not there yet',
    ],
    [
      'Argo CD’s cluster away',
      { sources: [source('hub', 'unreachable'), source('eu')] },
      {},
      'Unknown',
      'ClusterUnreachable',
      'last known: Synced at aaaaaaa',
    ],
    [
      'an operation running',
      {
        application: application({
          operation: { phase: 'Running', message: 'waiting for hooks' },
        }),
      },
      {},
      'False',
      'Syncing',
      'waiting for hooks',
    ],
    [
      'a comparison error',
      {
        application: application({
          errors: ['ComparisonError: no such path'],
          sync: 'Unknown',
        }),
      },
      {},
      'False',
      'SyncFailed',
      'no such path',
    ],
    [
      'a failed operation',
      {
        application: application({
          sync: 'OutOfSync',
          operation: { phase: 'Failed', message: 'one or more objects failed' },
        }),
      },
      {},
      'False',
      'SyncFailed',
      'one or more objects failed',
    ],
    [
      'a failed operation of before',
      {
        application: application({
          operation: { phase: 'Failed', message: 'old' },
        }),
      },
      {},
      'True',
      'Synced',
      'At commit',
    ],
    [
      'no comparison yet',
      { application: application({ sync: 'Unknown' }) },
      {},
      'False',
      'AwaitingArgoCD',
      'not compared',
    ],
    [
      'a comparison from before our commit',
      {},
      { commit: 'bbbbbbb222', committed: { at: '2026-01-01T00:00:05Z' } },
      'False',
      'AwaitingArgoCD',
      'has not seen commit bbbbbbb',
    ],
    [
      'a comparison from the second of our commit, at a later one',
      {},
      {
        commit: 'bbbbbbb222',
        committed: {
          at: '2026-01-01T00:00:00.800Z',
          comparedAt: '2025-12-31T23:58:00Z',
        },
      },
      'True',
      'Synced',
      'At commit aaaaaaa',
    ],
    [
      'the comparison that was seen before our commit, of a clock that is ahead',
      {},
      {
        commit: 'bbbbbbb222',
        committed: {
          at: '2025-12-31T23:59:00Z',
          comparedAt: '2026-01-01T00:00:00Z',
        },
      },
      'False',
      'AwaitingArgoCD',
      'has not seen commit bbbbbbb',
    ],
    [
      'a comparison from after our commit, at a later one',
      {},
      { commit: 'bbbbbbb222', committed: { at: '2025-12-31T23:59:59Z' } },
      'True',
      'Synced',
      'At commit aaaaaaa',
    ],
    [
      'out of sync',
      {
        application: application({
          sync: 'OutOfSync',
          troubled: [{ kind: 'Deployment', name: 'web', sync: 'OutOfSync' }],
        }),
      },
      {},
      'False',
      'OutOfSync',
      'Differs: Deployment web.',
    ],
    ...(
      [
        ['changed after the sync, where nothing heals', false, 'after', true],
        ['a commit that was not synced yet', false, 'before', false],
        ['changed after the sync, where Argo CD heals', true, 'after', false],
      ] as const
    ).map(([what, selfHeals, synced, left]): Row => [
      what,
      {
        application: application({
          sync: 'OutOfSync',
          selfHeals,
          syncs: [
            {
              id: 1,
              finishedAt:
                synced === 'after'
                  ? '2026-01-01T00:00:00Z'
                  : '2025-12-31T00:00:00Z',
            },
          ],
        }),
      },
      // Within the second that the sync's time is cut down to.
      { commit: 'aaaaaaa111', committed: { at: '2026-01-01T00:00:00.800Z' } },
      'False',
      left ? 'ChangedInCluster' : 'OutOfSync',
      'Differs',
    ]),
  ])(
    'says of %s whether it is synced',
    (_what, change, expectation, status, reason, message) => {
      const { synced } = liveConditions(live(change), {
        ...expected,
        ...expectation,
      });
      expect(synced).toMatchObject({
        status,
        reason,
        message: expect.stringContaining(message),
      });
    },
  );

  it.each<
    [
      string,
      Partial<LiveEnvironment>,
      Partial<LiveExpectation>,
      string,
      string,
      string,
    ]
  >([
    ['everything well', {}, {}, 'True', 'Healthy', '1 object healthy.'],
    [
      'its own cluster away',
      { sources: [source('hub'), source('eu', 'unreachable')] },
      {},
      'Unknown',
      'ClusterUnreachable',
      "The cluster 'eu' has not answered since 2026-01-01T00:00:00Z; last known: Healthy.",
    ],
    [
      'a Pod in trouble',
      {
        objects: [
          object(
            'Deployment',
            'Progressing',
            'Deployment web: 0 of 1 available',
          ),
          object('Pod', 'Degraded', 'Pod web-1: no image'),
        ],
      },
      {},
      'False',
      'Degraded',
      'Pod web-1: no image.',
    ],
    [
      'several Pods in trouble',
      {
        objects: [
          object('Pod', 'Degraded', 'Pod a: x', 'a'),
          object('Pod', 'Degraded', 'Pod b: x', 'b'),
        ],
      },
      {},
      'False',
      'Degraded',
      'Pod a: x (and 1 more Pod).',
    ],
    [
      'what only Argo CD knows',
      {
        application: application({
          health: 'Degraded',
          troubled: [
            {
              kind: 'Certificate',
              name: 'tls',
              health: 'Degraded',
              message: 'not issued',
            },
          ],
        }),
      },
      {},
      'False',
      'Degraded',
      'Certificate tls: not issued',
    ],
    [
      'a rollout',
      {
        objects: [
          object(
            'Deployment',
            'Progressing',
            'Deployment web: 1 of 2 available',
          ),
        ],
      },
      {},
      'False',
      'Progressing',
      '1 of 2 available',
    ],
    [
      'a closed build gate',
      {},
      {
        gates: [
          { workload: 'web', open: false },
          { workload: 'api', open: true },
        ],
      },
      'False',
      'BuildGateClosed',
      'web has no image yet.',
    ],
    [
      'a closed build gate beside a broken Pod',
      { objects: [object('Pod', 'Degraded', 'Pod db-0: x')] },
      { gates: [{ workload: 'web', open: false }] },
      'False',
      'Degraded',
      'Pod db-0',
    ],
    [
      'a suspended CronJob',
      {
        application: application({ health: 'Suspended' }),
        objects: [object('CronJob', 'Suspended', 'CronJob web is suspended')],
      },
      {},
      'False',
      'Suspended',
      'CronJob web is suspended.',
    ],
    [
      'objects not there yet',
      { application: application({ health: 'Missing' }) },
      {},
      'False',
      'Progressing',
      'not there yet',
    ],
    [
      'nothing there',
      { application: undefined },
      {},
      'Unknown',
      'StatusUnknown',
      'Nothing runs yet',
    ],
  ])(
    'says of %s whether it is healthy',
    (_what, change, expectation, status, reason, message) => {
      const { healthy } = liveConditions(live(change), {
        ...expected,
        ...expectation,
      });
      expect(healthy).toMatchObject({
        status,
        reason,
        message: expect.stringContaining(message),
      });
    },
  );
});
