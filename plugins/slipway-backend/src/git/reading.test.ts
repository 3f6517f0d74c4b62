import { promises as fs } from 'node:fs';
import path from 'node:path';
import { RepositoryRef } from '@slipway/plugin-slipway-node';
import {
  ALICE,
  createSandbox,
  filesOf,
  GitSandbox,
} from './__testUtils__/sandbox';

// Each act starts some ten processes, which takes its time on a busy machine.
jest.setTimeout(60_000);

let sandbox: GitSandbox;
let repository: RepositoryRef;
let head: string;
beforeEach(async () => {
  sandbox = await createSandbox();
  repository = await sandbox.repository('r.git', {
    'a/x.yaml': 'x\n',
    'a/y.yaml': 'y\n',
    'ab/z.yaml': 'z\n',
    'weird "q"é*[a].yaml': 'w\n',
    'root.yaml': '\ufeffroot\n',
  });
  head = (await sandbox.host.head(repository))!;
});
afterEach(() => sandbox.remove());

/** A commit with entries that only plain git can make. */
async function commitTree(...entries: string[]): Promise<string> {
  const tree = await sandbox.git(
    repository,
    ['mktree', '--missing'],
    entries.map(entry => `${entry}\n`).join(''),
  );
  return sandbox.git(repository, ['commit-tree', tree, '-m', 'x']);
}
const blob = (content: string) =>
  sandbox.git(repository, ['hash-object', '-w', '--stdin'], content);
const paths = async (prefixes?: string[]) =>
  (await sandbox.host.readFiles(repository, { commit: head, prefixes })).map(
    file => file.path,
  );

it('reads below prefixes, which are folders or files and never patterns', async () => {
  expect(await paths(['a'])).toEqual(['a/x.yaml', 'a/y.yaml']);
  expect(await paths(['a/', 'a/x.yaml', 'root.yaml'])).toEqual([
    'a/x.yaml',
    'a/y.yaml',
    'root.yaml',
  ]);
  expect(await paths(['a*'])).toEqual([]);
  expect(await paths([])).toEqual([]);
  expect(await paths()).toHaveLength(5);
  expect(await paths([''])).toHaveLength(5);
  expect(await paths(['weird "q"é*[a].yaml'])).toHaveLength(1);
  await expect(paths(['../x'])).rejects.toMatchObject({ name: 'InputError' });
});

it('reads one file to the byte, and undefined for what is none', async () => {
  expect(
    await sandbox.host.readFile(repository, {
      commit: head,
      path: 'root.yaml',
    }),
  ).toEqual({
    path: 'root.yaml',
    content: '\ufeffroot\n',
    blob: expect.stringMatching(/^[0-9a-f]{40}$/),
  });
  for (const none of ['nope', 'a', 'root.yaml/x']) {
    expect(
      await sandbox.host.readFile(repository, { commit: head, path: none }),
    ).toBeUndefined();
  }
});

it('names files that are too large or no text instead of leaving them out', async () => {
  const large = await blob('x'.repeat(2000));
  const binary = await blob('a\0b');
  const latin1 = await blob('plain');
  const commit = await commitTree(
    `100644 blob ${binary}\tbinary.yaml`,
    `100644 blob ${large}\tlarge.yaml`,
    `100755 blob ${latin1}\tok.yaml`,
  );
  expect(
    await sandbox.host.readFiles(repository, { commit, maxBytesPerFile: 1000 }),
  ).toEqual([
    { path: 'binary.yaml', content: '', blob: binary, omitted: 'binary' },
    { path: 'large.yaml', content: '', blob: large, omitted: 'too-large' },
    { path: 'ok.yaml', content: 'plain', blob: latin1 },
  ]);
});

it('never reads through links and submodules, but lists them', async () => {
  const link = await blob('/etc/passwd');
  const commit = await commitTree(
    `120000 blob ${link}\tlink`,
    `160000 commit ${head}\tmodule`,
  );
  expect(await sandbox.host.readFiles(repository, { commit })).toEqual([]);
  expect(
    await sandbox.host.readFile(repository, { commit, path: 'link' }),
  ).toBeUndefined();
  expect(await sandbox.host.listFiles(repository, { commit })).toEqual([
    { path: 'link', blob: link, mode: '120000' },
    { path: 'module', blob: head, mode: '160000' },
  ]);
  await sandbox.git(repository, ['update-ref', 'refs/heads/main', commit]);
  for (const file of ['link', 'module', 'link/x', 'module/x']) {
    await expect(
      sandbox.host.commit({
        repository,
        files: filesOf({ [file]: 'mine' }),
        message: 'x',
        gitAuthor: ALICE,
        trailers: {},
      }),
    ).rejects.toMatchObject({ name: 'ConflictError', files: [file] });
  }
});

it('tells the log newest first, of a range, a path, and with a limit', async () => {
  const ids = [head];
  for (const file of ['a/x.yaml', 'ab/z.yaml', 'a/x.yaml']) {
    const { commit } = await sandbox.host.commit({
      repository,
      files: filesOf({ [file]: `${ids.length}\n` }),
      message: `Change ${file}\n\nBecause.`,
      gitAuthor: { name: 'Zoë <x>', email: 'z@example.org' },
      trailers: { Run: `${ids.length}` },
    });
    ids.push(commit);
  }
  const log = async (options: object) =>
    (await sandbox.host.log(repository, { limit: 10, ...options })).map(
      entry => entry.commit,
    );
  expect(await log({})).toEqual([...ids].reverse());
  expect(await log({ limit: 2 })).toEqual([ids[3], ids[2]]);
  expect(await log({ from: ids[1] })).toEqual([ids[3], ids[2]]);
  expect(await log({ from: ids[0], to: ids[1] })).toEqual([ids[1]]);
  expect(await log({ path: 'a' })).toEqual([ids[3], ids[1], ids[0]]);
  const [entry] = await sandbox.host.log(repository, { limit: 1 });
  expect(entry).toMatchObject({
    author: { name: 'Zoë x', email: 'z@example.org' },
    message: 'Change a/x.yaml\n\nBecause.\n\nRun: 3',
    trailers: { Run: '3' },
  });
});

it('touches no repository outside of the allowed folders and hosts, also not through a link', async () => {
  const inside = path.join(sandbox.root, 'inside');
  await fs.mkdir(inside);
  await fs.symlink(repository.url, path.join(inside, 'link.git'));
  const host = await sandbox.anotherHost({
    localRoots: [inside],
    remoteHosts: ['git.example.org'],
  });
  expect(host.supports(repository.url)).toBe(false);
  expect(host.supports(path.join(inside, '../r.git'))).toBe(false);
  expect(host.supports('https://evil.example.org/x.git')).toBe(false);
  expect(host.supports('https://git.example.org/x.git')).toBe(true);
  expect(host.supports('nonsense')).toBe(false);
  for (const url of [
    repository.url,
    path.join(inside, 'link.git'),
    'https://evil.example.org/x.git',
  ]) {
    await expect(host.head({ url, branch: 'main' })).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
  }
});

it('packs what many commits leave behind, and can still read it', async () => {
  await sandbox.git(repository, ['config', 'gc.auto', '1']);
  await sandbox.host.commit({
    repository,
    files: Array.from({ length: 1500 }, (_, index) => ({
      path: `many/${index}`,
      content: `${index}`,
    })),
    message: 'Many',
    gitAuthor: ALICE,
    trailers: {},
  });
  await sandbox.host.maintain(repository);
  const count = await sandbox.git(repository, ['count-objects', '-v']);
  expect(count).toContain('packs: 1');
  expect(await paths(['a'])).toHaveLength(2);
});

it('works in a repository with SHA-256 ids', async () => {
  const url = path.join(sandbox.root, 'sha256.git');
  await sandbox.git(repository, [
    'init',
    '-q',
    '--bare',
    '--object-format=sha256',
    '--initial-branch=main',
    url,
  ]);
  const modern = { url, branch: 'main' };
  const commit = (files: Record<string, string | null>) =>
    sandbox.host.commit({
      repository: modern,
      files: filesOf(files),
      message: 'x',
      gitAuthor: ALICE,
      trailers: {},
    });
  const first = await commit({ a: 'a', b: 'b' });
  expect(first.commit).toHaveLength(64);
  await commit({ a: null });
  expect(await sandbox.contents(modern)).toEqual({ b: 'b' });
});
