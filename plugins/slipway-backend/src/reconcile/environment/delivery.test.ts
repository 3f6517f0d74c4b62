import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mockServices } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import type { DeliveryStage } from '../../domain/platform/deliveryStage';
import { WorkingFolder } from '../../git';
import { ALICE } from '../../git/__testUtils__/sandbox';
import type { EnvironmentRecord } from '../../ports/EnvironmentStore';
import { readFolder } from '../../__testUtils__/testRepositories';
import { stopAtEveryStep } from '../engine/__testUtils__/stopAtEveryStep';
import type { TestClusters } from './__testUtils__/clusters';
import { sandboxClusters } from './__testUtils__/sandboxClusters';
import { World } from './__testUtils__/world';

const databases = createTestDatabases();
jest.setTimeout(120_000);

type Stopping = 'write' | 'commit' | 'branch' | 'push';

/** How each stage shows on the road. */
const REASON: Record<Stopping, string> = {
  write: 'WrittenOnly',
  commit: 'CommittedLocally',
  branch: 'BranchPushed',
  push: 'PushedElsewhere',
};
const STAGES = Object.keys(REASON) as Stopping[];
const BRANCH = (world: World) => `rendered/${world.organization}/web/prod`;

describe('a delivery that is told to stop', () => {
  const environments = [{ name: 'prod', class: 'open' }];
  let clusters: TestClusters;
  let world: World;
  let count = 0;

  beforeAll(async () => {
    clusters = await sandboxClusters();
  });
  afterEach(() => world?.close());
  afterAll(() => clusters?.stop());

  const clone = () => ({
    url: join(world.git.root, 'clone.git'),
    branch: 'main',
  });
  const elsewhere = () => ({
    url: join(world.git.root, 'elsewhere.git'),
    branch: 'rendered',
  });
  const checkout = () => join(world.git.root, 'checkout');

  async function create(stage: DeliveryStage): Promise<void> {
    world = await World.create({
      clusters,
      db: await databases.migrated('SQLITE_3'),
      organization: `stage${count++}`,
      reconciler: it => ({
        gitops: {
          repository: it.gitops,
          target: {
            repoURL: 'https://git.example.com/gitops.git',
            branch: 'main',
          },
          delivery: {
            branchPrefix: 'rendered/',
            ...(stage === 'push'
              ? { target: elsewhere() }
              : { stage, target: it.gitops }),
            ...(stage === 'write' && { folder: WorkingFolder.at(checkout()) }),
            ...(stage === 'commit' && {
              clone: {
                repository: clone(),
                where: clone().url,
                refresh: () => it.git.host.refreshClone(it.gitops, clone().url),
              },
            }),
          },
        },
      }),
    });
    if (stage === 'push') {
      await world.git.host.ensureRepository({
        repository: elsewhere(),
        files: [],
        message: 'First commit',
        gitAuthor: ALICE,
      });
    }
  }

  const folder = (service = 'web') =>
    `clusters/hub/${world.organization}/${service}/prod/`;

  /** What stands where this stage ends, of one service. */
  async function found(
    stage: DeliveryStage,
    service = 'web',
  ): Promise<Record<string, string>> {
    const all: Record<string, string> =
      stage === 'write'
        ? await readFolder(checkout()).catch(() => ({}))
        : await world.git
            .contents(
              { commit: clone(), push: elsewhere() }[stage as string] ??
                world.gitops,
              stage === 'branch' ? BRANCH(world) : undefined,
            )
            .catch(() => ({}));
    return Object.fromEntries(
      Object.entries(all).filter(([path]) => path.startsWith(folder(service))),
    );
  }

  /** Brings what stands there to where Argo CD reads, as a person does. */
  async function bringOn(stage: Stopping): Promise<void> {
    const git = (args: string[], where = world.gitops) =>
      world.git.git(where, args);
    switch (stage) {
      case 'commit':
        await git(
          ['-c', 'protocol.file.allow=always', 'push', '-q', 'origin', 'main'],
          clone(),
        );
        break;
      case 'branch':
        await git(['update-ref', 'refs/heads/main', BRANCH(world)]);
        break;
      default: {
        const stands = await found(stage);
        const there = Object.keys(await world.git.contents(world.gitops));
        await world.git.host.commit({
          repository: world.gitops,
          files: [
            ...Object.entries(stands).map(([path, content]) => ({
              path,
              content,
            })),
            ...there
              .filter(path => path.startsWith(folder()) && !(path in stands))
              .map(path => ({ path, content: null })),
          ],
          message: 'Bring on',
          gitAuthor: ALICE,
          trailers: {},
        });
      }
    }
  }

  const stopped = (reason: string) => (record: EnvironmentRecord) =>
    record.conditions.some(
      condition => condition.reason === reason && condition.status === 'False',
    );

  it.each(STAGES)(
    'stops at %s, says so, goes on when somebody brings it on, and is removed the same way',
    async stage => {
      await create(stage);
      const pristine = await world.commits();
      await world.declareService('web', { environments });
      const record = await world.settle('web', 'prod', stopped(REASON[stage]), {
        rounds: 5,
      });
      const before = await found(stage);
      expect(Object.keys(before)).toContain(`${folder()}environment.yaml`);
      expect(record.phase).toBe('reconciling');
      expect(world.condition(record, 'Committed')!.message).toMatch(
        /^It stands in /,
      );
      expect(world.condition(record, 'Provisioned')!.reason).toBe('Ahead');
      // Neither the repository that Argo CD reads nor a cluster has anything of it.
      expect(await world.commits()).toEqual(pristine);
      expect(await world.objects('web', 'prod')).toEqual([]);
      expect((await world.timeline('web', 'prod')).join('\n')).toContain(
        `Committed ${REASON[stage]}`,
      );

      await bringOn(stage);
      const on = await world.settle(
        'web',
        'prod',
        ({ conditions }) => conditions[7]?.status === 'True',
      );
      expect(world.condition(on, 'Committed')!.reason).toBe('Committed');

      await world.removeService('web');
      const removed = await world.settle('web', 'prod', stopped(REASON[stage]));
      expect(removed.phase).toBe('deleting');
      expect(await found(stage)).toEqual({});
      expect(await world.objects('web', 'prod')).toEqual([]);
      expect(await world.tree()).not.toEqual({ 'README.md': 'hello\n' });
      await bringOn(stage);
      await world.settle('web', 'prod', ({ phase }) => phase === 'deleted');
    },
  );

  it.each(STAGES)(
    'writes nothing a second time at %s, and of a change only what differs',
    async stage => {
      await create(stage);
      await world.declareService('web', { environments });
      await world.settle('web', 'prod', stopped(REASON[stage]), {
        rounds: 5,
      });
      const before = await found(stage);
      const steps: string[] = [];
      const again = async () => {
        await world.stores.queue.mark([
          `environment:${world.key('web', 'prod')}`,
        ]);
        await world.run(undefined, async (_, step) => {
          steps.push(step);
        });
      };
      await again();
      expect(steps).not.toContain('hand over');
      expect(await found(stage)).toEqual(before);

      await world.declareService('web', { environments, replicas: 3 });
      await world.run();
      const changed = Object.entries(await found(stage)).filter(
        ([path, content]) => before[path] !== content,
      );
      expect(changed.map(([path]) => path.slice(folder().length))).toEqual([
        'environment.yaml',
        'workload/deployment-web.yaml',
        'workload/poddisruptionbudget-web.yaml',
      ]);
    },
  );

  // Pushing elsewhere takes the same steps as committing to a clone.
  it.each(['write', 'commit', 'branch'] as const)(
    'survives an end of the process at any step on the way to %s',
    async stage => {
      await create(stage);
      const logger = mockServices.logger.mock();
      logger.child.mockReturnValue(logger);
      let pass = 0;
      const prepare = async () => {
        await world.forgetQueue();
        const service = `pass${pass++}x`;
        await world.declareService(service, { environments, database: false });
        await world.readSources();
        return {
          service,
          queue: world.stores.queue,
          reconcilers: () => world.reconcilers(),
          expireLeases: () => world.clock.advance(60_000),
        };
      };
      const picture = async (service: string) => {
        const record = await world.stores.environments.get(
          world.key(service, 'prod'),
        );
        const files =
          stage === 'branch'
            ? await world.git
                .contents(
                  world.gitops,
                  `rendered/${world.organization}/${service}/prod`,
                )
                .catch(() => ({}))
            : await found(stage, service);
        return JSON.parse(
          JSON.stringify({
            conditions: record?.conditions.map(({ reason }) => reason),
            files: Object.keys(files).sort(),
          }).replaceAll(service, 'SERVICE'),
        );
      };
      const undisturbed = await prepare();
      await world.run();
      const expected = await picture(undisturbed.service);
      expect(expected.conditions).toContain(REASON[stage]);
      const stops = await stopAtEveryStep({
        prepare,
        logger,
        isOwn: ({ key, when }) =>
          key.startsWith('environment:') && when === 'before',
        check: async ({ service }) =>
          expect(await picture(service)).toEqual(expected),
      });
      expect(stops.map(({ step }) => step)).toContain('hand over');
    },
  );

  it('asks with a change request for every class, also for a removal, at the stage change-request', async () => {
    await create('change-request');
    const merge = async () => {
      const [change] = await world.git.host.listChanges(world.gitops, {
        state: 'open',
      });
      expect(change.branch).toBe(BRANCH(world));
      await world.git.host.mergeChange(world.gitops, change.id, {
        gitAuthor: ALICE,
        message: 'Merge it',
        trailers: {},
      });
    };
    await world.declareService('web', { environments });
    await world.settle('web', 'prod', stopped('DeliveryChangeOpen'));
    await merge();
    await world.settle(
      'web',
      'prod',
      ({ conditions }) => conditions[7]?.status === 'True',
    );
    await world.removeService('web');
    await world.settle('web', 'prod', stopped('DeliveryChangeOpen'));
    expect(Object.keys(await world.git.contents(world.gitops))).toContain(
      `${folder()}environment.yaml`,
    );
    await merge();
    await world.settle('web', 'prod', ({ phase }) => phase === 'deleted');
    expect(await world.tree()).toEqual({ 'README.md': 'hello\n' });
  });

  it('keeps commits that nobody pushed when others push, and follows them once all is pushed', async () => {
    await create('commit');
    await world.declareService('web', { environments });
    await world.settle('web', 'prod', stopped('CommittedLocally'), {
      rounds: 5,
    });
    const ours = await world.git.git(clone(), ['rev-parse', 'main']);
    await world.git.host.commit({
      repository: world.gitops,
      files: [{ path: 'other.txt', content: 'theirs\n' }],
      message: 'Something else',
      gitAuthor: ALICE,
      trailers: {},
    });
    await world.git.host.refreshClone(world.gitops, clone().url);
    expect(await world.git.git(clone(), ['rev-parse', 'main'])).toBe(ours);
    await world.git.git(clone(), ['update-ref', 'refs/heads/main', `${ours}~`]);
    await world.git.host.refreshClone(world.gitops, clone().url);
    expect(await world.git.contents(clone())).toHaveProperty(['other.txt']);
    expect(await world.git.git(clone(), ['config', 'remote.origin.url'])).toBe(
      world.gitops.url,
    );
  });

  it('says what is wrong when the folder can not be written', async () => {
    await create('write');
    await fs.writeFile(checkout(), 'in the way');
    await world.declareService('web', { environments });
    const record = await world.settle(
      'web',
      'prod',
      stopped('GitUnavailable'),
      { rounds: 3 },
    );
    expect(world.condition(record, 'Committed')!.message).toContain(
      pathToFileURL(checkout()).pathname,
    );
  });
});
