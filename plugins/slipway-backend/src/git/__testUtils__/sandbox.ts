import { ChildProcess, execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { GitAuthor, RepositoryRef } from '@slipway/plugin-slipway-node';
import { PlainGitHost, PlainGitHostOptions } from '../PlainGitHost';
import { MemoryChangeStore } from './MemoryChangeStore';

const run = promisify(execFile);

export const ALICE: GitAuthor = { name: 'Alice', email: 'alice@example.org' };
export const BOB: GitAuthor = { name: 'Bob', email: 'bob@example.org' };

/** A folder with repositories of one test, and a host for them. */
export interface GitSandbox {
  root: string;
  store: MemoryChangeStore;
  host: PlainGitHost;
  /** Another process in miniature: a host of its own on the same folders and the same store. */
  anotherHost(options?: Partial<PlainGitHostOptions>): Promise<PlainGitHost>;
  /** A repository with these files in its first commit. */
  repository(
    name: string,
    files?: Record<string, string>,
  ): Promise<RepositoryRef>;
  /** Plain git, as a person would run it, in a repository. */
  git(
    repository: RepositoryRef,
    args: string[],
    input?: string,
  ): Promise<string>;
  /** Every file of the branch with its content. */
  contents(
    repository: RepositoryRef,
    branch?: string,
  ): Promise<Record<string, string>>;
  remove(): Promise<void>;
}

export const filesOf = (files: Record<string, string | null>) =>
  Object.entries(files).map(([file, content]) => ({ path: file, content }));

const PERSON = {
  GIT_AUTHOR_NAME: 'Person',
  GIT_AUTHOR_EMAIL: 'person@example.org',
  GIT_COMMITTER_NAME: 'Person',
  GIT_COMMITTER_EMAIL: 'person@example.org',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/** Commands that read nothing may end before their input does. */
function feed(child: ChildProcess, input = ''): void {
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
}

export async function createSandbox(): Promise<GitSandbox> {
  const root = await fs.mkdtemp(path.join(os.tmpdir(), 'slipway-git-test-'));
  const store = new MemoryChangeStore();
  let now = Date.parse('2026-01-01T00:00:00Z');
  const anotherHost = (options: Partial<PlainGitHostOptions> = {}) =>
    PlainGitHost.create({
      changes: store,
      cacheDir: path.join(root, 'cache'),
      localRoots: [root],
      clock: () => {
        now += 1000;
        return new Date(now);
      },
      ...options,
    });
  const host = await anotherHost();
  const git: GitSandbox['git'] = async (repository, args, input) => {
    const child = run('git', args, {
      cwd: repository.url,
      env: { ...process.env, ...PERSON },
      maxBuffer: 64 * 1024 * 1024,
    });
    feed(child.child, input);
    return (await child).stdout.trimEnd();
  };
  return {
    root,
    store,
    host,
    anotherHost,
    git,
    async repository(name, files = { 'README.md': 'hello\n' }) {
      const repository = { url: path.join(root, name), branch: 'main' };
      await host.ensureRepository({
        repository,
        files: filesOf(files),
        message: 'First commit',
        gitAuthor: ALICE,
      });
      return repository;
    },
    async contents(repository, branch = repository.branch) {
      const commit = await git(repository, ['rev-parse', branch]);
      const files = await host.readFiles(repository, { commit });
      return Object.fromEntries(files.map(file => [file.path, file.content]));
    },
    async remove() {
      await fs.rm(root, { recursive: true, force: true });
    },
  };
}

/** Commits files on a branch the way a person with plain git would, past the host. */
export async function commitByHand(
  sandbox: GitSandbox,
  repository: RepositoryRef,
  branch: string,
  files: Record<string, string>,
): Promise<string> {
  const parent = await sandbox.git(repository, ['rev-parse', branch]);
  const index = path.join(sandbox.root, `index-${Math.random()}`);
  const env = ['-c', 'core.bare=true'];
  const withIndex = async (args: string[], input?: string) => {
    const child = run('git', [...env, ...args], {
      cwd: repository.url,
      env: { ...process.env, ...PERSON, GIT_INDEX_FILE: index },
    });
    feed(child.child, input);
    return (await child).stdout.trimEnd();
  };
  await withIndex(['read-tree', parent]);
  for (const [file, content] of Object.entries(files)) {
    const blob = await withIndex(['hash-object', '-w', '--stdin'], content);
    await withIndex([
      'update-index',
      '--add',
      '--cacheinfo',
      `100644,${blob},${file}`,
    ]);
  }
  const tree = await withIndex(['write-tree']);
  const commit = await withIndex([
    'commit-tree',
    tree,
    '-p',
    parent,
    '-m',
    'By hand',
  ]);
  await sandbox.git(repository, ['update-ref', `refs/heads/${branch}`, commit]);
  await fs.rm(index, { force: true });
  return commit;
}
