import { ROAD, type Condition } from '@slipway/plugin-slipway-common';
import {
  createTestDatabases,
  DATABASES,
} from '../../database/__testUtils__/databases';
import { createStores } from '../../database/createStores';
import { PlatformState } from '../../domain/platform/PlatformState';
import type { Clusters } from '../../ports/Clusters';
import type { StatusIndex } from '../../ports/StatusIndex';
import { ClusterAges } from '../environments/ClusterAges';
import { EnvironmentReads } from '../environments/EnvironmentReads';
import { DefaultFleet } from './DefaultFleet';
import type { OpenChanges } from './OpenChanges';
import type { Viewer } from './Viewer';

const FLEET = 5_000;
/** Of the processor; several times what it takes, so that only another order of work fails it. */
const BUDGET_MS = 1_000;

const all: Viewer = {
  actor: 'user:default/priya',
  claims: [],
  sees: () => true,
  creates: () => true,
  approves: () => true,
  merges: () => true,
  platform: true,
  operations: true,
};

const conditionsOf = (n: number): Condition[] =>
  ROAD.map((type, i) => ({
    type,
    status: n % 10 === 0 && i === 8 ? 'False' : 'True',
    reason: n % 10 === 0 && i === 8 ? 'Degraded' : type,
    message: `Said of ${type} in a sentence of some length, as they are.`,
    observedGeneration: 3,
    lastTransitionTime: '2026-11-21T12:00:00.000Z',
  }));

describe.each(DATABASES)('a fleet of 5,000 environments on %s', databaseId => {
  const databases = createTestDatabases();

  it('is summed up from memory; the database is asked for what moved, no cluster for anything', async () => {
    const db = await databases.migrated(databaseId);
    const stores = createStores({
      db,
      queue: {
        leaseMs: 1_000,
        maxAttempts: 3,
        backoff: { baseMs: 1, maxMs: 1 },
      },
    });
    const rows = Array.from({ length: FLEET }, (_, n) => ({
      key: `org-${n % 50}/service-${n % 500}/env-${n}`,
      organization: `org-${n % 50}`,
      service: `service-${n % 500}`,
      name: `env-${n}`,
      class: 'preview',
      cluster: 'eu',
      namespace: `ns-${n}`,
      phase: 'ready',
      declared: true,
      conditions: JSON.stringify(conditionsOf(n)),
      summary: JSON.stringify({
        owner: `group:default/team-${n % 50}`,
        release: { workloads: { web: { revision: '9d03c1e' } } },
        gates: [],
        cost: { cents: 1190, currency: 'EUR' },
        folder: 'clusters/eu/x',
        verdicts: [],
        live: {
          asOf: '2026-11-21T12:00:00.000Z',
          objects: Array.from({ length: 12 }, (__, i) => ({
            apiVersion: 'v1',
            kind: 'Service',
            name: `object-${i}`,
            namespace: `ns-${n}`,
            health: 'Healthy',
            uid: `${n}-${i}`,
          })),
        },
      }),
      inventory: '[]',
      created_at: new Date(),
      updated_at: new Date(),
      revision: 1,
    }));
    await db.batchInsert('environments', rows, 50);

    const touched = jest.fn();
    const clusters = {
      list: () => [
        {
          name: 'eu',
          title: 'EU',
          region: 'eu',
          sandbox: false,
          argocd: { cluster: 'eu', namespace: 'argocd', destination: {} },
        },
      ],
      client: touched,
    } as unknown as Clusters;
    const index: StatusIndex = {
      environment: () => ({
        application: {
          name: 'a',
          namespace: 'argocd',
          uid: 'u',
          deleting: false,
          sync: 'Synced',
          revision: 'c01d5aa',
          health: 'Healthy',
          selfHeals: true,
          syncs: [],
          errors: [],
          troubled: [],
          resources: 12,
        },
        objects: [],
        events: [],
        sources: [{ cluster: 'eu', state: 'live' }],
      }),
      clusters: () => [{ cluster: 'eu', state: 'live' }],
      onChange: () => () => undefined,
    };
    const state = PlatformState.of([]);
    const fleet = new DefaultFleet({
      reads: new EnvironmentReads(
        stores.environments,
        index,
        clusters,
        stores.drifts,
        { lean: () => undefined },
      ),
      states: { current: async () => state, at: async () => state },
      changes: { list: async () => [] } as unknown as OpenChanges,
      timeline: stores.timeline,
      approvals: stores.approvals,
      queue: stores.queue,
      sources: stores.sources,
      ages: new ClusterAges(clusters, index, () => undefined),
    });

    const timed = async <T>(ask: () => Promise<T>): Promise<[number, T]> => {
      // Of the processor: what else the machine has to do is not ours.
      const start = process.cpuUsage();
      const answer = await ask();
      const { user, system } = process.cpuUsage(start);
      return [(user + system) / 1_000, answer];
    };
    // All of them look in the same moment, however busy the machine is.
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    const [first, overview] = await timed(() => fleet.overview(all));
    expect(overview.states.reduce((n, s) => n + s.count, 0)).toBe(FLEET);

    const list = jest.spyOn(stores.environments, 'list');
    const looked = jest.spyOn(index, 'environment');
    const [again] = await timed(() => fleet.overview(all));
    expect(list).not.toHaveBeenCalled();
    // Whoever looks next is shown what was put together for the one before.
    expect(looked).not.toHaveBeenCalled();

    await stores.environments.recordTransition('org-0/service-0/env-0', [
      {
        type: 'Drifted',
        status: 'True',
        reason: 'Drifted',
        message: '1 object differs.',
        observedGeneration: 3,
      },
    ]);
    const [moved, changed] = await timed(() => fleet.overview(all));
    expect(list.mock.calls).toEqual([[{ keys: ['org-0/service-0/env-0'] }]]);
    expect(changed.drifted).toHaveLength(1);
    expect(looked.mock.calls).toEqual([['org-0/service-0/env-0']]);
    clock.mockRestore();

    const [page, { items, total }] = await timed(() =>
      fleet.environments({ sort: 'state', text: 'team-7', limit: 100 }, all),
    );
    expect(items).toHaveLength(100);
    expect(total).toBe(100);
    expect(touched).not.toHaveBeenCalled();
    expect(Math.max(again, moved, page)).toBeLessThan(BUDGET_MS);
    // For whoever wants to know the figure, not only that it fits.
    process.stdout.write(
      `overview of ${FLEET} on ${databaseId}: first ${first.toFixed(0)} ms, again ${again.toFixed(0)} ms, ` +
        `after a change ${moved.toFixed(0)} ms, a page of 100 ${page.toFixed(0)} ms\n`,
    );
  });
});
