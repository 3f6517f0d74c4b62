import { createStores } from '../database/createStores';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { PlainGitHost } from '../git';
import { ChangeStore } from '../ports/ChangeStore';
import { startTestPortal, TestPortal } from '../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../__testUtils__/testRepositories';
import { openBody, pathOf, SERVICE } from './__testUtils__/requests';

const databases = createTestDatabases();
let repositories: TestRepositories;
const portals: TestPortal[] = [];

beforeEach(async () => {
  repositories = await createTestRepositories();
});

afterEach(async () => {
  await Promise.all(portals.splice(0).map(portal => portal.stop()));
  await repositories.remove();
});

const start = async (
  options: Omit<Parameters<typeof startTestPortal>[0], 'repositories'>,
) => {
  const portal = await startTestPortal({ repositories, ...options });
  portals.push(portal);
  return portal;
};
const servicesOf = async (portal: TestPortal): Promise<string[]> =>
  (await portal.as('guest').get('/services')).body.items?.map(
    (it: { name: string }) => it.name,
  ) ?? [];

describe('a process that dies right after the merge commit', () => {
  const death = new Error('The process is gone.');

  it.each([
    ['before the change is recorded as merged', true],
    ['before what travels with the change is noted', false],
  ])(
    '%s leaves nothing that the next one does not find',
    async (_, beforeRecord) => {
      const db = await databases.empty('SQLITE_3');
      const first = await start({ db });
      await first.until(async () => (await servicesOf(first)).length === 2);
      const opened = await first.as('dana').post(
        '/change-requests',
        openBody('basket', SERVICE('basket'), {
          skeleton: {
            repository: 'shop/basket',
            branch: 'main',
            files: [{ path: 'README.md', content: '# basket\n' }],
          },
        }),
      );
      expect(opened.status).toBe(201);
      await portals.pop()!.stop();

      const { changes } = createStores({ db });
      const host = await PlainGitHost.create({
        changes: beforeRecord
          ? new Proxy(changes, {
              get: (target: ChangeStore, name: keyof ChangeStore) =>
                name === 'update'
                  ? async () => Promise.reject(death)
                  : target[name].bind(target),
            })
          : changes,
        cacheDir: `${repositories.root}/cache`,
        localRoots: [repositories.root, repositories.code],
      });
      const repository = {
        url: `file://${repositories.platform}`,
        branch: 'main',
      };
      const merge = host.mergeChange(repository, opened.body.id, {
        expectedHead: opened.body.headCommit,
        gitAuthor: { name: 'Dana', email: 'dana@example.com' },
        message: 'Merge',
        trailers: {},
      });
      const outcome = await merge.then(
        change => change.state,
        (error: Error) => error.message,
      );
      expect(outcome).toBe(beforeRecord ? death.message : 'merged');
      expect(
        await repositories.file(repositories.platform, pathOf('basket')),
      ).toBe(SERVICE('basket'));

      const second = await start({ db });
      const details = async () =>
        (await second.as('guest').get(`/change-requests/${opened.body.id}`))
          .body;
      expect(
        await second.until(
          async () => (await details()).state === 'merged' && details(),
        ),
      ).toMatchObject({
        mergeCommit: (
          await repositories.git(repositories.platform, 'rev-parse', 'main')
        ).trim(),
      });
      await second.until(async () =>
        (await servicesOf(second)).includes('basket'),
      );
      await second.until(
        async () => (await details()).skeleton.state === 'done',
      );
      expect(
        await repositories.git(
          `${repositories.code}/shop/basket.git`,
          'log',
          '--format=%s',
          'main',
        ),
      ).toBe(`${opened.body.title}\n`);
      // The branch is free: what is meant next is another change.
      const next = await second
        .as('dana')
        .post(
          '/change-requests',
          openBody('basket', SERVICE('basket').replace('50m', '60m')),
        );
      expect(next.status).toBe(201);
      expect(next.body.id).not.toBe(opened.body.id);
      expect(next.body.skeleton).toBeUndefined();
    },
  );
});

describe('two portals on one PostgreSQL database', () => {
  it('start at once, and apply each resource once', async () => {
    const db = await databases.empty('POSTGRES_16');
    const both = await Promise.all([start({ db }), start({ db })]);
    const { resources } = createStores({ db });
    const generations = async () =>
      Object.fromEntries(
        (await resources.list()).map(it => [
          `${it.kind} ${it.name}`,
          it.generation,
        ]),
      );
    const settled = async () => {
      // Both have polled several times.
      await new Promise(done => setTimeout(done, 3_000));
      return generations();
    };
    for (const portal of both)
      await portal.until(async () => (await servicesOf(portal)).length === 2);
    const atFirst = await settled();
    expect(new Set(Object.values(atFirst))).toEqual(new Set([1]));

    const content = (
      await repositories.file(repositories.platform, pathOf('checkout'))
    ).replace('replicas: 2', 'replicas: 3');
    await repositories.commit(repositories.platform, {
      [pathOf('checkout')]: content,
      [pathOf('extra')]: SERVICE('extra'),
    });
    for (const portal of both) {
      await portal.until(async () =>
        (await servicesOf(portal)).includes('extra'),
      );
      await portal
        .as('priya')
        .post('/environments/shop/checkout/staging/reconcile');
    }
    expect(await settled()).toEqual({
      ...atFirst,
      'ServiceSpec checkout': 2,
      'ServiceSpec extra': 1,
    });

    // A change that is opened on one and merged on both at once is merged once.
    const opened = await both[0]
      .as('dana')
      .post('/change-requests', openBody('basket', SERVICE('basket')));
    const merges = await Promise.all(
      both.map(portal =>
        portal.as('dana').post(`/change-requests/${opened.body.id}/merge`, {
          headCommit: opened.body.headCommit,
        }),
      ),
    );
    expect(
      merges.map(({ status, body }) => ({ status, state: body.state })),
    ).toEqual(both.map(() => ({ status: 200, state: 'merged' })));
    expect(merges[0].body.mergeCommit).toBe(merges[1].body.mergeCommit);
    for (const portal of both)
      await portal.until(async () =>
        (await servicesOf(portal)).includes('basket'),
      );
    expect((await generations())['ServiceSpec basket']).toBe(1);

    // What was delivered, was delivered once: no two commits in a row say the same.
    const trees = (
      await repositories.git(
        repositories.gitops,
        'log',
        '--first-parent',
        '--format=%T',
        'main',
      )
    )
      .trim()
      .split('\n');
    expect(trees.filter((tree, i) => tree === trees[i + 1])).toEqual([]);
    expect(
      both
        .flatMap(portal => portal.logged)
        .filter(line => /unforeseen|dead letter|Failed, waits/.test(line)),
    ).toEqual([]);
  });
});
