import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import {
  ALICE,
  commitByHand,
  createSandbox,
  filesOf,
  GitSandbox,
} from './__testUtils__/sandbox';

// Each act starts some ten processes, which takes its time on a busy machine.
jest.setTimeout(60_000);

let sandbox: GitSandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox.remove());

const commit = (
  repository: { url: string; branch: string },
  files: Record<string, string | null>,
  extra: object = {},
) =>
  sandbox.host.commit({
    repository,
    files: filesOf(files),
    message: 'Change',
    gitAuthor: ALICE,
    trailers: {},
    ...extra,
  });

describe('ensureRepository', () => {
  it('takes away what a crash left of another one, and not what is being made', async () => {
    const left = path.join(
      sandbox.root,
      `.gone.git.slipway-init-${randomUUID()}`,
    );
    const fresh = path.join(
      sandbox.root,
      `.new.git.slipway-init-${randomUUID()}`,
    );
    await fs.mkdir(left);
    await fs.mkdir(fresh);
    const anHourAgo = Date.now() / 1_000 - 3_600;
    await fs.utimes(left, anHourAgo, anHourAgo);
    await sandbox.repository('other.git');
    const there = await fs.readdir(sandbox.root);
    expect(there).not.toContain(path.basename(left));
    expect(there).toContain(path.basename(fresh));
  });

  it('creates a bare repository with its first commit, and does nothing the second time', async () => {
    const repository = {
      url: path.join(sandbox.root, 'deep/er.git'),
      branch: 'trunk',
    };
    const input = {
      repository,
      files: filesOf({ 'a.yaml': 'a: 1\n' }),
      message: 'Begin',
      gitAuthor: ALICE,
    };
    const first = await sandbox.host.ensureRepository(input);
    expect(first.created).toBe(true);
    const second = await sandbox.host.ensureRepository({
      ...input,
      files: filesOf({ 'b.yaml': '' }),
    });
    expect(second).toEqual({ commit: first.commit, created: false });
    expect(await sandbox.contents(repository)).toEqual({ 'a.yaml': 'a: 1\n' });
    expect(await sandbox.git(repository, ['symbolic-ref', 'HEAD'])).toBe(
      'refs/heads/trunk',
    );
    expect(await fs.readdir(path.dirname(repository.url))).toEqual(['er.git']);
  });

  it('is won by one of many at once, and all get the same commit', async () => {
    const repository = {
      url: path.join(sandbox.root, 'race.git'),
      branch: 'main',
    };
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        sandbox.host.ensureRepository({
          repository,
          files: filesOf({ 'who.txt': `${index}` }),
          message: 'Begin',
          gitAuthor: ALICE,
        }),
      ),
    );
    expect(new Set(results.map(result => result.commit)).size).toBe(1);
    expect(results.filter(result => result.created)).toHaveLength(1);
    expect(await fs.readdir(sandbox.root)).toEqual(['race.git']);
  });

  it('gives a repository without a commit its first one', async () => {
    const repository = {
      url: path.join(sandbox.root, 'empty.git'),
      branch: 'main',
    };
    await fs.mkdir(repository.url);
    await sandbox.git(repository, ['init', '--bare', '-q']);
    expect(await sandbox.host.head(repository)).toBeUndefined();
    const result = await sandbox.host.ensureRepository({
      repository,
      files: filesOf({ a: 'a' }),
      message: 'Begin',
      gitAuthor: ALICE,
    });
    expect(result.created).toBe(true);
    expect(await sandbox.host.head(repository)).toBe(result.commit);
  });

  it('leaves a folder alone that holds something else', async () => {
    const url = path.join(sandbox.root, 'full');
    await fs.mkdir(url);
    await fs.writeFile(path.join(url, 'notes.txt'), 'mine');
    await expect(
      sandbox.host.ensureRepository({
        repository: { url, branch: 'main' },
        files: [],
        message: 'Begin',
        gitAuthor: ALICE,
      }),
    ).rejects.toThrow(/no Git repository at/);
    expect(await fs.readdir(url)).toEqual(['notes.txt']);
  });
});

describe('commit', () => {
  it('writes, changes and removes files in one commit with trailers and the given dates', async () => {
    const repository = await sandbox.repository('r.git', {
      keep: 'k\n',
      old: 'o\n',
    });
    const result = await commit(
      repository,
      { old: null, 'new/a b "c".yaml': 'ä\n' },
      { trailers: { 'Slipway-Idempotency-Key': ['one', 'two'] } },
    );
    expect(result.changed).toBe(true);
    expect(await sandbox.contents(repository)).toEqual({
      keep: 'k\n',
      'new/a b "c".yaml': 'ä\n',
    });
    const [entry] = await sandbox.host.log(repository, { limit: 1 });
    expect(entry).toEqual({
      commit: result.commit,
      author: ALICE,
      committer: { name: 'Slipway', email: 'slipway@slipway.dev' },
      at: expect.stringMatching(/^2026-01-01T00:00:0\d[+]00:00$|Z$/),
      message:
        'Change\n\nSlipway-Idempotency-Key: one\nSlipway-Idempotency-Key: two',
      trailers: { 'Slipway-Idempotency-Key': 'one\ntwo' },
    });
  });

  it('makes no commit when the files already say so', async () => {
    const repository = await sandbox.repository('r.git', { a: 'a\n' });
    const head = await sandbox.host.head(repository);
    expect(await commit(repository, { a: 'a\n', gone: null })).toEqual({
      commit: head,
      changed: false,
    });
  });

  it('begins a branch at a base, goes on from what is on it, and from the base again once that has all', async () => {
    const repository = await sandbox.repository('begun.git');
    const branch = { ...repository, branch: 'deliver/one' };
    const write = async (content: string) => {
      const base = await sandbox.host.head(repository);
      return sandbox.host.commit({
        repository: branch,
        base,
        files: filesOf({ 'a.txt': content }),
        message: 'Write it',
        gitAuthor: ALICE,
        trailers: {},
      });
    };
    const parents = async () =>
      (
        await sandbox.git(repository, ['log', '--format=%s', branch.branch])
      ).split('\n');
    expect((await write('hello')).changed).toBe(true);
    await write('again');
    expect(await parents()).toEqual(['Write it', 'Write it', 'First commit']);
    // A merge, and something else after it.
    await sandbox.git(repository, [
      'update-ref',
      'refs/heads/main',
      `refs/heads/${branch.branch}`,
    ]);
    await commitByHand(sandbox, repository, 'main', { 'b.txt': 'more' });
    await write('third');
    expect(await parents()).toEqual([
      'Write it',
      'By hand',
      'Write it',
      'Write it',
      'First commit',
    ]);
  });

  it('begins no branch for what the base says already', async () => {
    const repository = await sandbox.repository('said.git');
    const base = await sandbox.host.head(repository);
    const { changed } = await sandbox.host.commit({
      repository: { ...repository, branch: 'deliver/none' },
      base,
      files: filesOf({ 'README.md': 'hello\n' }),
      message: 'Nothing',
      gitAuthor: ALICE,
      trailers: {},
    });
    expect(changed).toBe(false);
    expect(await sandbox.git(repository, ['branch', '--list'])).toBe('* main');
  });

  it('is refused with ConflictError when the branch does not stand where expected', async () => {
    const repository = await sandbox.repository('r.git');
    const head = await sandbox.host.head(repository);
    await commitByHand(sandbox, repository, 'main', { other: 'x' });
    await expect(
      commit(repository, { a: '1' }, { expectedHead: head }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    await expect(
      commit(repository, { a: '1' }, { expectedHead: null }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(await sandbox.contents(repository)).not.toHaveProperty('a');
  });

  it('loses none of many commits at once from two processes', async () => {
    const repository = await sandbox.repository('r.git');
    const other = await sandbox.anotherHost();
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        (index % 2 ? sandbox.host : other).commit({
          repository,
          files: filesOf({ [`f${index}`]: `${index}` }),
          message: `Write ${index}`,
          gitAuthor: ALICE,
          trailers: {},
        }),
      ),
    );
    expect(Object.keys(await sandbox.contents(repository))).toHaveLength(13);
    expect(await sandbox.git(repository, ['rev-list', '--count', 'main'])).toBe(
      '13',
    );
  });
});
