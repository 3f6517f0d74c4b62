import { mockServices } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import {
  stopAtEveryStep,
  type StepBoundary,
} from '../engine/__testUtils__/stopAtEveryStep';
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
  /** What it was asked to run. */
  asked: number;
}

async function picture(world: World, service: string): Promise<Picture> {
  const record = await world.stores.environments.get(
    world.key(service, 'prod'),
  );
  const neutral = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replaceAll(service, 'SERVICE'));
  const mine = ([path]: [string, unknown]) => path.includes(`/${service}/`);
  return neutral({
    objects: await world.objects(service, 'prod'),
    neighbours: await world.objects('neighbour', 'prod'),
    tree: Object.fromEntries(Object.entries(await world.tree()).filter(mine)),
    commits: (await world.commits()).filter(title =>
      title.includes(`/${service}/`),
    ),
    phase: record?.phase,
    conditions: (record?.conditions ?? [])
      .slice(0, 7)
      .map(({ type, reason }) => `${type} ${reason}`),
    // Once each, however often it was begun; the way there may have had other stations.
    told: (await world.timeline(service, 'prod'))
      .filter(line =>
        /Committed Committed|Provisioned Provisioned|was deleted|were deleted|removed from/.test(
          line,
        ),
      )
      .map(line => line.replaceAll(world.organization, 'ORG')),
    asked: (
      await world.stores.releases.wanted({
        environment: world.key(service, 'prod'),
      })
    ).length,
  });
}

/** Between two steps nothing is done: right after one is the same moment as right before the next. */
const isBeforeAStep = ({ key, when }: StepBoundary) =>
  key.startsWith('environment:') && when === 'before';

describe('a process that stops at any step of an environment', () => {
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const environments = [{ name: 'prod', class: 'open' }];
  let clusters: TestClusters;
  let world: World;
  let count = 0;

  beforeAll(async () => {
    clusters = await sandboxClusters();
    world = await World.create({
      clusters,
      db: await databases.migrated('SQLITE_3'),
      organization: 'stopped',
      reconciler: ({ argocd, clusters: real }) => ({
        clusters: promptClusters(real, () => argocd.round()),
      }),
    });
    await world.declareService('neighbour', { environments, database: false });
    await world.settle(
      'neighbour',
      'prod',
      ({ conditions }) => conditions[7]?.status === 'True',
    );
  });
  afterAll(async () => {
    await world?.close();
    await clusters?.stop();
  });

  /** A service of its own for each pass; everything around it is the same. */
  async function declare(): Promise<string> {
    await world.forgetQueue();
    const service = `pass${count++}x`;
    await world.declareService(service, {
      environments,
      domains: [`${service}.example.com`],
    });
    return service;
  }

  /** What CI told of last, and Git doesn't say. */
  const ask = (service: string) => {
    const workload = { name: 'web', revision: 'v2' };
    return world.stores.releases.ask(
      {
        organization: world.organization,
        service,
        id: 'v2',
        workloads: [workload],
        actor: 'user:default/ann',
        gitAuthor: { name: 'Ann', email: 'ann@example.com' },
      },
      [{ environment: world.key(service, 'prod'), workload }],
      { origin: 'revision' },
    );
  };

  const stepped = (service: string) => ({
    service,
    queue: world.stores.queue,
    reconcilers: () => world.reconcilers(),
    expireLeases: () => world.clock.advance(60_000),
  });

  it('loses nothing and doubles nothing on the way up', async () => {
    const prepare = async () => {
      const service = await declare();
      await world.readSources();
      return stepped(service);
    };
    const undisturbed = await prepare();
    await world.run();
    const expected = await picture(world, undisturbed.service);
    expect(expected.phase).toBe('reconciling');
    expect(expected.told).toHaveLength(2);

    const stops = await stopAtEveryStep({
      prepare,
      logger,
      isOwn: isBeforeAStep,
      check: async ({ service }, stoppedAt) => {
        expect({ stoppedAt, ...(await picture(world, service)) }).toEqual({
          stoppedAt,
          ...expected,
        });
      },
    });
    expect([...new Set(stops.map(({ step }) => step))]).toEqual([
      'begin',
      'claim domains',
      'release domains',
      'record',
      'commit',
      'apply namespace',
      'apply platform objects',
      'create secrets',
      'apply project',
      'apply application',
      'complete',
    ]);
  });

  it('loses nothing and touches no neighbour on the way down', async () => {
    const prepare = async () => {
      const service = await declare();
      await world.run();
      await world.argocd.round(service);
      await ask(service);
      expect((await picture(world, service)).asked).toBe(1);
      await world.forgetQueue();
      await world.removeService(service);
      await world.readSources();
      return stepped(service);
    };
    const undisturbed = await prepare();
    await world.run();
    const expected = await picture(world, undisturbed.service);
    expect(expected.phase).toBe('deleted');
    expect(expected.objects).toEqual([]);
    expect(expected.tree).toEqual({});
    expect(expected.told).toHaveLength(7);
    expect(expected.asked).toBe(0);
    expect(expected.neighbours).not.toEqual([]);

    const stops = await stopAtEveryStep({
      prepare,
      logger,
      isOwn: isBeforeAStep,
      check: async ({ service }, stoppedAt) => {
        expect({ stoppedAt, ...(await picture(world, service)) }).toEqual({
          stoppedAt,
          ...expected,
        });
      },
    });
    expect([...new Set(stops.map(({ step }) => step))]).toEqual([
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

  it('makes all of it anew where it is declared again in the middle, also while nothing is seen of the clusters', async () => {
    const options = { environments, database: false };
    const projects = async (service: string) =>
      (await world.objects(service, 'prod')).filter(line =>
        line.includes('"kind":"AppProject"'),
      );
    await stopAtEveryStep({
      logger,
      isOwn: ({ step, when }) => step === 'delete objects' && when === 'before',
      prepare: async () => {
        await world.forgetQueue();
        const service = `pass${count++}x`;
        await world.declareService(service, options);
        await world.run();
        await world.forgetQueue();
        await world.removeService(service);
        await world.readSources();
        await world.restartWatches({ silent: true });
        return {
          ...stepped(service),
          expireLeases: async () => {
            world.clock.advance(60_000);
            // Nothing to be declared again after the pass that isn't stopped.
            if ((await world.objects(service, 'prod')).length === 0) return;
            expect(await projects(service)).toEqual([]);
            await world.declareService(service, options);
            await world.readSources();
          },
        };
      },
      check: async ({ service }, stoppedAt) => {
        expect(await projects(service)).toHaveLength(stoppedAt ? 1 : 0);
      },
    });
  });
});
