import { createTestDatabases } from '../../database/__testUtils__/databases';
import type { TestClusters } from './__testUtils__/clusters';
import { sandboxClusters } from './__testUtils__/sandboxClusters';
import { World } from './__testUtils__/world';

const databases = createTestDatabases();

describe('EnvironmentReconciler, beside an Argo CD that works by itself', () => {
  let clusters: TestClusters;
  let world: World;

  beforeAll(async () => {
    clusters = await sandboxClusters({ standIns: true });
    world = await World.create({
      clusters,
      db: await databases.migrated('SQLITE_3'),
      organization: 'shop',
      reconciler: ({ gitops }) => ({
        gitops: {
          repository: gitops,
          target: { repoURL: gitops.url, branch: 'main' },
        },
      }),
    });
  });
  afterAll(async () => {
    await world?.close();
    await clusters?.stop();
  });

  /** What the wiring does: a change that the watches see marks its environment. */
  async function follow(end: () => Promise<boolean>): Promise<void> {
    const stop = world.index.onChange(keys => {
      void world.stores.queue.mark(keys.map(key => `environment:${key}`));
    });
    try {
      await world.until(async () => {
        await world.run();
        return end();
      });
    } finally {
      stop();
    }
  }

  it('sees a service become healthy, and go, without being asked to look', async () => {
    await world.declareService('web', {
      environments: [{ name: 'prod', class: 'open', cluster: 'eu' }],
    });
    const record = () => world.stores.environments.get('shop/web/prod');
    await follow(
      async () => (await record())?.conditions[8]?.status === 'True',
    );
    const healthy = await record();
    expect(healthy!.phase).toBe('ready');
    expect(healthy!.conditions.map(({ status }) => status)).toEqual(
      Array(9).fill('True'),
    );
    expect(healthy!.summary).toMatchObject({
      live: { syncedRevision: healthy!.commit },
    });

    // Looked at again, it is as it was, and nothing is written.
    await world.stores.queue.mark(['environment:shop/web/prod']);
    await world.run();
    expect((await record())!.revision).toBe(healthy!.revision);

    await world.declareService('web', {
      environments: [{ name: 'prod', class: 'open', cluster: 'eu' }],
      replicas: 3,
    });
    await follow(async () => {
      const { conditions, summary } = (await record())!;
      const pods = (
        summary as {
          live: { objects: Array<{ kind: string; health: string }> };
        }
      ).live.objects.filter(
        ({ kind, health }) => kind === 'Pod' && health === 'Healthy',
      );
      return conditions[8].status === 'True' && pods.length === 4;
    });

    await world.removeService('web');
    await follow(async () => {
      world.clock.advance(10_000);
      return (await record())?.phase === 'deleted';
    });
    expect(await world.objects('web', 'prod')).toEqual([]);
  });

  it('tells a sync that ended while nobody watched, once, with its commit and time', async () => {
    await world.declareService('api', {
      environments: [{ name: 'prod', class: 'open', cluster: 'eu' }],
    });
    const key = 'shop/api/prod';
    const record = () => world.stores.environments.get(key);
    await follow(
      async () => (await record())?.conditions[8]?.status === 'True',
    );
    const syncs = async () =>
      (
        await world.stores.timeline.list({
          subjects: [`environment:${key}`],
          limit: 100,
        })
      ).filter(({ dedupeKey }) => dedupeKey.startsWith('sync/'));
    const before = await syncs();
    expect(before.length).toBeGreaterThan(0);
    expect(before[0]).toMatchObject({
      type: 'Synced',
      commit: (await record())!.commit,
    });

    await world.index.stop();
    const { application } = (await record())!.summary as {
      application: { cluster: string; namespace: string; name: string };
    };
    const client = world.clusters.client(application.cluster);
    const ref = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      name: application.name,
      namespace: application.namespace,
    };
    const history = async () =>
      (
        (await client.get(ref))!.status as {
          history: Array<{ deployedAt: string }>;
        }
      ).history;
    const known = (await history()).length;
    await client.mergePatch(ref, {
      operation: {
        sync: { revision: (await record())!.commit },
        initiatedBy: { username: 'ann' },
      },
    });
    await world.until(async () => (await history()).length > known);

    await world.restartWatches({ silent: false });
    await world.stores.queue.mark([`environment:${key}`]);
    await follow(async () => (await syncs()).length > before.length);
    const [latest] = await syncs();
    expect(latest.at.toISOString()).toBe(
      new Date((await history()).at(-1)!.deployedAt).toISOString(),
    );
    expect(latest.data).toMatchObject({ initiatedBy: 'ann' });
    await world.stores.queue.mark([`environment:${key}`]);
    await world.run();
    expect(await syncs()).toHaveLength(before.length + 1);
  });
});
