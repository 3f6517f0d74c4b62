import { createTestDatabases } from '../../database/__testUtils__/databases';
import type { TestClusters } from './__testUtils__/clusters';
import { ALICE, commitByHand } from '../../git/__testUtils__/sandbox';
import type { EnvironmentRecord } from '../../ports/EnvironmentStore';
import { sandboxClusters } from './__testUtils__/sandboxClusters';
import { World } from './__testUtils__/world';

const databases = createTestDatabases();
jest.setTimeout(120_000);

describe('a change request of rendered files', () => {
  const environments = [{ name: 'prod', class: 'open' }];
  let clusters: TestClusters;
  let world: World;

  beforeAll(async () => {
    clusters = await sandboxClusters();
    world = await World.create({
      clusters,
      db: await databases.migrated('SQLITE_3'),
      organization: 'conflict',
      reconciler: it => ({
        gitops: {
          repository: it.gitops,
          target: {
            repoURL: 'https://git.example.com/gitops.git',
            branch: 'main',
          },
          delivery: {
            stage: 'change-request',
            branchPrefix: 'rendered/',
            target: it.gitops,
          },
        },
      }),
    });
  });
  afterAll(async () => {
    await world?.close();
    await clusters?.stop();
  });

  const asks = ({ conditions }: EnvironmentRecord) =>
    conditions.some(({ reason }) => reason === 'DeliveryChangeOpen');
  const open = async () => {
    const changes = await world.git.host.listChanges(world.gitops, {
      state: 'open',
    });
    expect(changes).toHaveLength(1);
    return changes[0];
  };
  const merge = async (id: string) =>
    world.git.host.mergeChange(world.gitops, id, {
      gitAuthor: ALICE,
      message: 'Merge it',
      trailers: {},
    });

  it('that is in conflict with what came meanwhile says which file, and is rendered anew upon it', async () => {
    await world.declareService('web', { environments, database: false });
    await world.settle('web', 'prod', asks);
    await merge((await open()).id);
    await world.settle(
      'web',
      'prod',
      ({ conditions }) => conditions[7]?.status === 'True',
    );
    await world.declareService('web', {
      environments,
      database: false,
      replicas: 3,
    });
    await world.settle('web', 'prod', asks);
    const before = await open();
    const files = await world.git.contents(world.gitops);
    const [path, content] = Object.entries(files).find(([one]) =>
      one.endsWith('deployment-web.yaml'),
    )!;
    await world.git.host.commit({
      repository: world.gitops,
      files: [{ path, content: content.replace(/replicas: 1/, 'replicas: 7') }],
      message: 'By hand',
      gitAuthor: ALICE,
      trailers: {},
    });
    await expect(merge(before.id)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(path),
    });

    // As the look at the GitOps branch does.
    await world.stores.queue.mark([`environment:${world.key('web', 'prod')}`]);
    await world.settle('web', 'prod', asks);
    const after = await open();
    expect(after.id).toBe(before.id);
    expect(
      (await world.git.host.previewMerge(world.gitops, after.id)).conflicts,
    ).toEqual([]);
    await merge(after.id);
    expect((await world.git.contents(world.gitops))[path]).toContain(
      'replicas: 3',
    );
  });

  it('that somebody pushed something else onto is rendered anew', async () => {
    await world.declareService('pushed', { environments, database: false });
    await world.settle('pushed', 'prod', asks);
    const before = await open();
    const files = await world.git.contents(world.gitops, before.branch);
    const [path, content] = Object.entries(files).find(([one]) =>
      one.endsWith('pushed/prod/workload/deployment-web.yaml'),
    )!;
    const evil = path.replace('deployment-web', 'evil');
    await commitByHand(world.git, world.gitops, before.branch, {
      [path]: content.replace(/replicas: 1/, 'replicas: 7'),
      [evil]: 'kind: ConfigMap\n',
    });
    await world.stores.queue.mark([
      `environment:${world.key('pushed', 'prod')}`,
    ]);
    await world.settle('pushed', 'prod', asks);
    const after = await open();
    expect(after.id).toBe(before.id);
    const now = await world.git.contents(world.gitops, after.branch);
    expect([now[path], now[evil]]).toEqual([content, undefined]);
  });
});
