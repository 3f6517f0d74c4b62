import { promises as fs } from 'node:fs';
import path from 'node:path';
import { CommitInput, RepositoryRef } from '@slipway/plugin-slipway-node';
import { explain } from './errors';
import { PlainGitHost } from './PlainGitHost';
import { GitCommandError, GitProcess } from './process';
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
beforeEach(async () => {
  sandbox = await createSandbox();
  repository = await sandbox.repository('r.git', { a: 'a\n', 'd/f': 'f\n' });
});
afterEach(() => sandbox.remove());

const input = (
  files: Record<string, string | null>,
  on = repository,
): CommitInput => ({
  repository: on,
  files: filesOf(files),
  message: 'Change',
  gitAuthor: ALICE,
  trailers: {},
});
/** A git that answers one of its commands as a full disk would. */
async function hostWithout(
  command: string,
  message: string,
): Promise<PlainGitHost> {
  const gitBinary = path.join(sandbox.root, 'fake-git');
  await fs.writeFile(
    gitBinary,
    `#!/bin/sh
case " $* " in
  *" ${command} "*) cat >/dev/null; echo '${message}' >&2; exit 128 ;;
esac
exec git "$@"
`,
    { mode: 0o755 },
  );
  return sandbox.anotherHost({ gitBinary });
}

describe('nothing is changed and the error says what to do', () => {
  it('when a lock is held or was left behind', async () => {
    const lock = path.join(repository.url, 'refs/heads/main.lock');
    await fs.writeFile(lock, '');
    const head = await sandbox.git(repository, ['rev-parse', 'main']);
    await expect(sandbox.host.commit(input({ b: 'b' }))).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /locked by another Git process \(.*main\.lock\).*remove that lock file/,
      ),
    });
    expect(await sandbox.host.head(repository)).toBe(head);
    await fs.rm(lock);
    expect((await sandbox.host.commit(input({ b: 'b' }))).changed).toBe(true);
  });

  it.each(['fast-import', 'update-ref'])(
    'when the disk is full at %s',
    async command => {
      const head = await sandbox.host.head(repository);
      const host = await hostWithout(
        command,
        'error: file write error: No space left on device',
      );
      await expect(host.commit(input({ b: 'b' }))).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(/disk is full.*Free some space/),
      });
      expect(await sandbox.host.head(repository)).toBe(head);
    },
  );

  it('when a write really fails half-way, of which nothing stays on the full disk', async () => {
    const gitBinary = path.join(sandbox.root, 'limited-git');
    // What a disk without space does to a file, a limit on its size does without root.
    await fs.writeFile(
      gitBinary,
      '#!/bin/sh\ntrap \'\' XFSZ\nulimit -f 64\nexec git "$@"\n',
      { mode: 0o755 },
    );
    const head = await sandbox.host.head(repository);
    const listing = async () =>
      (await fs.readdir(repository.url, { recursive: true })).sort();
    const before = await listing();
    const host = await sandbox.anotherHost({ gitBinary });
    const noise = Array.from({ length: 100_000 }, () =>
      Math.random().toString(36),
    ).join('\n');
    await expect(host.commit(input({ noise }))).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/disk is full/),
    });
    expect(await listing()).toEqual(before);
    expect(await sandbox.host.head(repository)).toBe(head);
    expect((await sandbox.host.commit(input({ noise }))).changed).toBe(true);
  });

  it('when the disk is full while a repository is created: nothing of it stays', async () => {
    const host = await hostWithout(
      'fast-import',
      'error: unable to write loose object file: No space left on device',
    );
    await expect(
      host.ensureRepository({
        repository: { url: path.join(sandbox.root, 'new.git'), branch: 'main' },
        files: [],
        message: 'Begin',
        gitAuthor: ALICE,
      }),
    ).rejects.toThrow(/disk is full/);
    expect((await fs.readdir(sandbox.root)).sort()).toEqual([
      'fake-git',
      'r.git',
    ]);
  });

  it('when an object is damaged', async () => {
    const head = (await sandbox.host.head(repository))!;
    const blob = await sandbox.git(repository, ['rev-parse', `${head}:a`]);
    const file = path.join(
      repository.url,
      'objects',
      blob.slice(0, 2),
      blob.slice(2),
    );
    await fs.chmod(file, 0o600);
    await fs.writeFile(file, '');
    await expect(
      sandbox.host.readFiles(repository, { commit: head }),
    ).rejects.toThrow(/git fsck/);
  });

  it('when there is no repository, or one with a work tree', async () => {
    const gone = { url: path.join(sandbox.root, 'gone.git'), branch: 'main' };
    await expect(sandbox.host.head(gone)).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('git init --bare'),
    });
    await expect(sandbox.host.commit(input({ a: 'b' }, gone))).rejects.toThrow(
      /no Git repository/,
    );
    const tree = { url: path.join(sandbox.root, 'tree'), branch: 'main' };
    await sandbox.git(repository, ['init', '-q', tree.url]);
    await expect(sandbox.host.head(tree)).rejects.toThrow(/work tree/);
  });

  it('when the branch is missing, or the commit', async () => {
    const branch = { ...repository, branch: 'trunk' };
    await expect(sandbox.host.head(branch)).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('there are: main'),
    });
    await expect(
      sandbox.host.commit(input({ a: 'b' }, branch)),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      sandbox.host.readFiles(repository, { commit: '1'.repeat(40) }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      sandbox.host.readFiles(repository, { commit: 'main' }),
    ).rejects.toMatchObject({ name: 'InputError' });
  });

  it('when a file would take the place of a folder, or lie in a file', async () => {
    await expect(sandbox.host.commit(input({ d: 'x' }))).rejects.toMatchObject({
      name: 'ConflictError',
      files: ['d'],
    });
    await expect(
      sandbox.host.commit(input({ 'a/b/c': 'x' })),
    ).rejects.toMatchObject({ name: 'ConflictError', files: ['a/b/c'] });
    // A file that goes in the same commit makes room.
    await sandbox.host.commit(input({ a: null, 'a/b/c': 'x' }));
    expect(await sandbox.contents(repository)).toEqual({
      'a/b/c': 'x',
      'd/f': 'f\n',
    });
  });

  it.each([
    ['a path that leads out', { '../x': '' }],
    ['a path into .git', { 'd/.git/config': '' }],
    ['a file inside another', { x: '', 'x/y': '' }],
    ['a file that is too large', { big: 'x'.repeat(5 * 1024 * 1024 + 1) }],
  ])('for %s', async (_, files) => {
    const head = await sandbox.host.head(repository);
    await expect(
      sandbox.host.commit(input(files as Record<string, string>)),
    ).rejects.toMatchObject({ name: 'InputError' });
    expect(await sandbox.host.head(repository)).toBe(head);
  });

  it('for a branch name below the one of another change', async () => {
    const open = (branch: string) =>
      sandbox.host.openChange({
        repository,
        branch,
        title: 'x',
        description: '',
        files: filesOf({ x: branch }),
        author: 'user:default/alice',
        gitAuthor: ALICE,
        trailers: {},
      });
    await open('slipway/x');
    await expect(open('slipway/x/y')).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('refs/heads/slipway/x exists'),
    });
  });
});

it('a git that is missing or too old stops the start', async () => {
  await expect(
    sandbox.anotherHost({ gitBinary: path.join(sandbox.root, 'none') }),
  ).rejects.toThrow(/could not be started.*Install Git/);
  const old = path.join(sandbox.root, 'old-git');
  await fs.writeFile(old, '#!/bin/sh\necho git version 2.30.1\n', {
    mode: 0o755,
  });
  await expect(sandbox.anotherHost({ gitBinary: old })).rejects.toThrow(
    /too old.*2\.38/,
  );
});

it('a command that hangs or floods is ended with everything that it started', async () => {
  const binary = path.join(sandbox.root, 'slow-git');
  const marker = path.join(sandbox.root, 'still-alive');
  await fs.writeFile(
    binary,
    `#!/bin/sh
(sleep 1; echo x > '${marker}') &
case "$*" in *flood*) yes ;; *) sleep 30 ;; esac
`,
    { mode: 0o755 },
  );
  const git = new GitProcess({ binary });
  await expect(git.run(['hang'], { timeoutMs: 200 })).rejects.toMatchObject({
    reason: 'timeout',
  });
  await expect(
    git.run(['flood'], { maxOutputBytes: 10_000 }),
  ).rejects.toMatchObject({ reason: 'output-limit' });
  await new Promise(resolve => {
    setTimeout(resolve, 1300);
  });
  await expect(fs.access(marker)).rejects.toThrow();
});

it('git sees nothing of our environment, and runs no hook of the repository', async () => {
  process.env.SLIPWAY_CANARY = 'c4n4ry';
  const hook = path.join(repository.url, 'hooks/reference-transaction');
  const marker = path.join(sandbox.root, 'hook-ran');
  try {
    const binary = path.join(sandbox.root, 'env-git');
    await fs.writeFile(binary, '#!/bin/sh\nenv\n', { mode: 0o755 });
    const env = await new GitProcess({ binary }).text(['x']);
    expect(env).not.toContain('c4n4ry');
    expect(env).toContain('GIT_TERMINAL_PROMPT=0');
    await fs.mkdir(path.dirname(hook), { recursive: true });
    await fs.writeFile(hook, `#!/bin/sh\necho x > '${marker}'\n`, {
      mode: 0o755,
    });
    await sandbox.host.commit(input({ b: 'b' }));
    await expect(fs.access(marker)).rejects.toThrow();
  } finally {
    delete process.env.SLIPWAY_CANARY;
  }
});

describe('explain', () => {
  it.each([
    ['EACCES', 'NotAllowedError'],
    ['EROFS', 'NotAllowedError'],
    ['ENOSPC', 'ServiceUnavailableError'],
  ])('takes %s of the disk for %s', (code, name) => {
    const error = Object.assign(new Error('x'), { code });
    expect(explain(error, 'the repository r')).toMatchObject({
      name,
      message: expect.stringContaining('the repository r'),
    });
  });

  it.each([
    ['error: insufficient permission for adding an object', 'NotAllowedError'],
    ['git@host: Permission denied (publickey).', 'NotAllowedError'],
    ['Host key verification failed.', 'NotAllowedError'],
    [
      "remote: Repository not found\nfatal: repository 'x' not found",
      'NotFoundError',
    ],
    ['ssh: Could not resolve hostname x', 'ServiceUnavailableError'],
    [
      "fatal: cannot lock ref 'refs/heads/main': is at 1234567 but expected 7654321",
      'ConflictError',
    ],
    ['! [rejected] a -> main (fetch first)', 'ConflictError'],
  ])('takes %j for %s', (stderr, name) => {
    expect(
      explain(new GitCommandError('push', 1, stderr, 'exit'), 'r'),
    ).toHaveProperty('name', name);
  });
});
