import { mockServices } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { stopAtEveryStep } from '../engine/__testUtils__/stopAtEveryStep';
import type { TestClusters } from './__testUtils__/clusters';
import { promptClusters } from './__testUtils__/promptClusters';
import { sandboxClusters } from './__testUtils__/sandboxClusters';
import { World } from './__testUtils__/world';

const databases = createTestDatabases();
jest.setTimeout(600_000);

/** What is left outside of the process, in every place that it writes to. */
interface Picture {
  objects: string[];
  neighbours: string[];
  tree: Record<string, string>;
  commits: string[];
  phase: string | undefined;
  conditions: string[];
  told: string[];
}

async function picture(world: World): Promise<Picture> {
  const record = await world.stores.environments.get(world.key('web', 'prod'));
  const told = await world.timeline('web', 'prod');
  return {
    objects: await world.objects('web', 'prod'),
    neighbours: await world.objects('neighbour', 'prod'),
    tree: await world.tree(),
    commits: await world.commits(),
    phase: record?.phase,
    conditions: (record?.conditions ?? [])
      .slice(0, 7)
      .map(({ type, reason }) => `${type} ${reason}`),
    // Once each, however often it was begun; the way there may have had other stations.
    told: told
      .filter(line =>
        /Committed Committed|Provisioned Provisioned|was deleted|were deleted|removed from/.test(
          line,
        ),
      )
      .map(line => line.replaceAll(world.organization, 'ORG')),
  };
}

describe('a process that stops at any step of an environment', () => {
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const environments = [{ name: 'prod', class: 'open' }];
  let clusters: TestClusters;
  let worlds: World[] = [];
  let count = 0;

  beforeAll(async () => {
    clusters = await sandboxClusters();
  });
  afterEach(async () => {
    await Promise.all(worlds.map(world => world.close()));
    worlds = [];
  });
  afterAll(() => clusters.stop());

  async function create(): Promise<World> {
    await worlds.pop()?.close();
    const world = await World.create({
      clusters,
      db: await databases.migrated('SQLITE_3'),
      organization: `stop${count++}`,
      reconciler: world => ({
        clusters: promptClusters(world.clusters, () => world.argocd.round()),
      }),
    });
    worlds.push(world);
    await world.declareService('neighbour', { environments, database: false });
    await world.settle(
      'neighbour',
      'prod',
      ({ conditions }) => conditions[7]?.status === 'True',
    );
    return world;
  }

  const stepped = (world: World) => ({
    world,
    queue: world.stores.queue,
    reconcilers: () => world.reconcilers(),
    expireLeases: () => world.clock.advance(60_000),
  });

  it('loses nothing and doubles nothing on the way up', async () => {
    const prepare = async () => {
      const world = await create();
      await world.declareService('web', {
        environments,
        domains: [`${world.organization}.example.com`],
      });
      await world.readSources();
      return stepped(world);
    };
    const undisturbed = await prepare();
    await undisturbed.world.run();
    const expected = await picture(undisturbed.world);
    expect(expected.phase).toBe('reconciling');
    expect(expected.told).toHaveLength(2);

    const stops = await stopAtEveryStep({
      prepare,
      logger,
      check: async ({ world }, stoppedAt) => {
        expect({ stoppedAt, ...(await picture(world)) }).toEqual({
          stoppedAt,
          ...expected,
        });
      },
    });
    const steps = new Set(stops.map(({ step }) => step));
    expect([...steps]).toEqual([
      'begin',
      'record',
      'claim domains',
      'release domains',
      'commit',
      'apply namespace',
      'apply platform objects',
      'create secrets',
      'apply project',
      'apply application',
      'refresh application',
      'complete',
    ]);
  });

  it('loses nothing and touches no neighbour on the way down', async () => {
    const prepare = async () => {
      const world = await create();
      await world.declareService('web', {
        environments,
        domains: [`${world.organization}.example.com`],
      });
      await world.settle(
        'web',
        'prod',
        ({ conditions }) => conditions[7]?.status === 'True',
      );
      await world.removeService('web');
      await world.readSources();
      return stepped(world);
    };
    const undisturbed = await prepare();
    await undisturbed.world.run();
    const expected = await picture(undisturbed.world);
    expect(expected.phase).toBe('deleted');
    expect(expected.objects).toEqual([]);
    expect(expected.neighbours).not.toEqual([]);

    const stops = await stopAtEveryStep({
      prepare,
      logger,
      check: async ({ world }, stoppedAt) => {
        // What was told right before the stop may be missing: it is the effect that must not be.
        const { told, ...rest } = await picture(world);
        const { told: wanted, ...others } = expected;
        expect({ stoppedAt, ...rest }).toEqual({ stoppedAt, ...others });
        expect(wanted).toEqual(expect.arrayContaining(told));
        expect(new Set(told).size).toBe(told.length);
      },
    });
    const steps = new Set(stops.map(({ step }) => step));
    expect([...steps]).toEqual([
      'record',
      'delete application',
      'delete project',
      'delete objects',
      'delete namespace',
      'remove folder',
      'release domains',
      'complete',
    ]);
  });
});
