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
});
