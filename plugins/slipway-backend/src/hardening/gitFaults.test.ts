import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { startTestPortal, TestPortal } from '../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../__testUtils__/testRepositories';
import { openBody, pathOf, SERVICE } from './__testUtils__/requests';

interface Opened {
  id: string;
  headCommit: string;
  branch: string;
}

describe('Git that fails', () => {
  const databases = createTestDatabases();
  const path = process.env.PATH;
  let repositories: TestRepositories;
  let portal: TestPortal;
  /** While this file is there, Git can write no large file: what a full disk does, without root. */
  let diskIsFull: string;

  beforeAll(async () => {
    repositories = await createTestRepositories();
    const bin = join(repositories.root, 'bin');
    diskIsFull = join(repositories.root, 'full');
    await mkdir(bin);
    await writeFile(
      join(bin, 'git'),
      `#!/bin/sh\nPATH='${path}'\nif [ -e '${diskIsFull}' ]; then trap '' XFSZ; ulimit -f 64; fi\nexec git "$@"\n`,
    );
    await chmod(join(bin, 'git'), 0o755);
    process.env.PATH = `${bin}:${path}`;
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get('/services')).body.items?.length === 2,
    );
  });

  afterAll(async () => {
    process.env.PATH = path;
    await portal?.stop();
    await repositories?.remove();
  });

  const dana = () => portal.as('dana');
  const git = (...args: string[]) =>
    repositories.git(repositories.platform, ...args);
  const main = async () => (await git('rev-parse', 'main')).trim();
  const open = (name: string, content = SERVICE(name)) =>
    dana().post('/change-requests', openBody(name, content));
  const opened = async (name: string, content?: string): Promise<Opened> => {
    const { status, body } = await open(name, content);
    expect({ status, detail: body.detail }).toEqual({
      status: 201,
      detail: undefined,
    });
    return body;
  };
  const merge = (change: Opened) =>
    dana().post(`/change-requests/${change.id}/merge`, {
      headCommit: change.headCommit,
    });
  const details = async (change: Opened) =>
    (await dana().get(`/change-requests/${change.id}`)).body;
  const ofSubject = async (name: string) =>
    (await dana().get('/change-requests')).body.items.filter(
      (it: { subject: string }) => it.subject === `service/shop/${name}`,
    );

  it('because the branch is locked opens nothing, says which lock, and opens one change when asked again', async () => {
    const lock = join(
      repositories.platform,
      'refs/heads/slipway/service/shop/locked.lock',
    );
    await mkdir(dirname(lock), { recursive: true });
    await writeFile(lock, '');
    const refused = await open('locked');
    expect([refused.status, refused.body.title]).toEqual([
      503,
      'ServiceUnavailableError',
    ]);
    expect(refused.body.detail).toMatch(
      /locked by another Git process.*locked\.lock.*nothing was changed.*Try again/,
    );
    expect(await git('branch', '--list', 'slipway/service/shop/locked')).toBe(
      '',
    );
    await rm(lock);
    const change = await opened('locked');
    expect(await ofSubject('locked')).toMatchObject([
      { id: change.id, state: 'open', author: 'user:default/dana' },
    ]);
    expect((await merge(change)).body).toMatchObject({ state: 'merged' });
  });

  it('because the base is locked merges nothing, and merges when asked again', async () => {
    const change = await opened('base');
    const before = await main();
    const lock = join(repositories.platform, 'refs/heads/main.lock');
    await writeFile(lock, '');
    const refused = await merge(change);
    expect([refused.status, refused.body.title]).toEqual([
      503,
      'ServiceUnavailableError',
    ]);
    expect(refused.body.detail).toMatch(
      /locked by another Git process.*main\.lock/,
    );
    expect(await main()).toBe(before);
    expect(await details(change)).toMatchObject({
      state: 'open',
      headCommit: change.headCommit,
      allowed: { merge: true },
    });
    await rm(lock);
    expect((await merge(change)).body).toMatchObject({ state: 'merged' });
  });

  it('because the disk is full opens nothing, says so, and opens when there is space', async () => {
    const noise = Array.from(
      { length: 20_000 },
      () => `# ${Math.random().toString(36)}`,
    ).join('\n');
    const content = `${SERVICE('full')}${noise}\n`;
    await writeFile(diskIsFull, '');
    const refused = await open('full', content);
    await rm(diskIsFull);
    expect([refused.status, refused.body.title]).toEqual([
      503,
      'ServiceUnavailableError',
    ]);
    expect(refused.body.detail).toMatch(
      /disk is full.*nothing was changed.*Free some space/,
    );
    expect(await git('branch', '--list', 'slipway/service/shop/full')).toBe('');
    await git('fsck', '--full');
    const change = await opened('full', content);
    expect((await merge(change)).body).toMatchObject({ state: 'merged' });
    expect(await repositories.file(repositories.platform, pathOf('full'))).toBe(
      content,
    );
  });

  it('because two changed the same lines names each file, and merges what is opened anew', async () => {
    const text = await repositories.file(
      repositories.platform,
      pathOf('checkout'),
    );
    const with3 = text.replace('replicas: 2', 'replicas: 3');
    const change = await opened('checkout', with3);
    const theirs = text.replace('replicas: 2', 'replicas: 4');
    await repositories.commit(repositories.platform, {
      [pathOf('checkout')]: theirs,
    });
    const seen = await details(change);
    expect(seen.conflicts).toEqual([pathOf('checkout')]);
    expect(seen.allowed).toMatchObject({
      merge: false,
      reasons: { merge: expect.stringContaining(pathOf('checkout')) },
    });
    const before = await main();
    const refused = await merge(change);
    expect([refused.status, refused.body.title]).toEqual([
      409,
      'ConflictError',
    ]);
    expect(refused.body.detail).toContain(pathOf('checkout'));
    expect(refused.body.detail).toMatch(/again/);
    expect(await main()).toBe(before);

    const again = await opened('checkout', with3);
    expect(again.id).toBe(change.id);
    expect((await details(again)).conflicts).toEqual([]);
    expect((await merge(again)).body).toMatchObject({ state: 'merged' });
    expect(
      await repositories.file(repositories.platform, pathOf('checkout')),
    ).toBe(with3);
  });

  it('because somebody deleted the branch of an open change says so, and merges what is opened anew', async () => {
    const change = await opened('gone');
    await git('update-ref', '-d', `refs/heads/${change.branch}`);
    expect((await dana().get('/change-requests')).status).toBe(200);
    expect(await details(change)).toMatchObject({
      state: 'open',
      id: change.id,
    });
    const before = await main();
    const refused = await merge(change);
    expect([refused.status, refused.body.title]).toEqual([
      409,
      'ConflictError',
    ]);
    expect(refused.body.detail).toMatch(
      /branch .*slipway\/service\/shop\/gone.*missing.*Open the change again/,
    );
    expect(await main()).toBe(before);
    const again = await opened('gone');
    expect(again.id).toBe(change.id);
    expect((await merge(again)).body).toMatchObject({ state: 'merged' });
  });

  it('because somebody pushed into the branch of an open change merges nothing that was not looked at', async () => {
    const change = await opened('pushed');
    const tree = (await git('rev-parse', 'main^{tree}')).trim();
    const other = (
      await git('commit-tree', tree, '-p', change.headCommit, '-m', 'Other')
    ).trim();
    await git('update-ref', `refs/heads/${change.branch}`, other);
    const refused = await merge(change);
    expect([refused.status, refused.body.title]).toEqual([
      409,
      'ConflictError',
    ]);
    expect(refused.body.detail).toMatch(/Look at it again/);
    expect((await details(change)).headCommit).toBe(other);
  });

  it.each([
    [
      'an older commit',
      'forced',
      async () => [(await git('rev-list', '--max-parents=0', 'main')).trim()],
    ],
    ['a history of its own', 'unrelated', async () => []],
  ])(
    'because the platform branch was forced onto %s reads what is there, and shows all that a merge would bring',
    async (_, name, parents) => {
      await repositories.commit(repositories.platform, {
        [pathOf(`${name}-lost`)]: SERVICE(`${name}-lost`),
      });
      const services = async () =>
        (await dana().get('/services')).body.items.map(
          (it: { name: string }) => it.name,
        ) as string[];
      await portal.until(async () =>
        (await services()).includes(`${name}-lost`),
      );
      const change = await opened(name);
      const kept = (await git('rev-parse', 'main~1^{tree}')).trim();
      const rewritten = (
        await git(
          'commit-tree',
          kept,
          ...(await parents()).flatMap(it => ['-p', it]),
          '-m',
          'Rewritten',
        )
      ).trim();
      await git('update-ref', 'refs/heads/main', rewritten);

      await portal.until(
        async () => !(await services()).includes(`${name}-lost`),
      );
      expect(
        (await portal.as('priya').get('/operations')).body.sources[0],
      ).toMatchObject({ state: 'ok', commit: rewritten });
      const seen = await details(change);
      expect(seen).toMatchObject({ state: 'open', id: change.id });
      // The branch still holds what was forced away, and says so to whoever looks; opened anew it holds its own file only.
      const paths = ({ files }: { files: Array<{ path: string }> }) =>
        files.map(it => it.path).sort();
      expect(paths(seen)).toEqual(
        [pathOf(`${name}-lost`), pathOf(name)].sort(),
      );
      const again = await opened(name, SERVICE(name).replace('50m', '60m'));
      expect(again.id).toBe(change.id);
      expect(paths(await details(again))).toEqual([pathOf(name)]);
      expect((await merge(again)).body).toMatchObject({ state: 'merged' });
      expect((await git('diff', '--name-only', rewritten, 'main')).trim()).toBe(
        pathOf(name),
      );
    },
  );
});
