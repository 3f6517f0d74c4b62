import { execFile } from 'node:child_process';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

const ENVIRONMENT = {
  PATH: process.env.PATH,
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/** Classes, quotas and policies as they are seeded. */
const PLATFORM = resolve(__dirname, '../../../../docs/examples/platform');
const DEMO = resolve(__dirname, '../../../../packages/dev/demo/platform');

/** Real bare repositories in a temporary folder. */
export interface TestRepositories {
  root: string;
  platform: string;
  gitops: string;
  code: string;
  git(repository: string, ...args: string[]): Promise<string>;
  /** Commits these files to a branch; `null` removes one. */
  commit(
    repository: string,
    files: Record<string, string | null>,
    message?: string,
  ): Promise<void>;
  file(repository: string, path: string): Promise<string>;
  remove(): Promise<void>;
}

/** A platform repository with the seeded classes and the demo organization, and an empty GitOps repository. */
export async function createTestRepositories(): Promise<TestRepositories> {
  const root = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  const git = async (cwd: string, ...args: string[]) =>
    (await exec('git', args, { cwd, env: ENVIRONMENT, maxBuffer: 1 << 26 }))
      .stdout;
  const platform = join(root, 'platform.git');
  const gitops = join(root, 'gitops.git');
  const code = join(root, 'code');
  const work = join(root, 'seed');
  await mkdir(code);
  await mkdir(work);
  await git(work, 'init', '-q', '-b', 'main');
  await git(work, 'commit', '-q', '--allow-empty', '-m', 'Start');
  await git(root, 'clone', '-q', '--bare', work, gitops);
  await cp(PLATFORM, work, { recursive: true });
  await cp(DEMO, work, { recursive: true });
  await git(work, 'add', '-A');
  await git(work, 'commit', '-q', '-m', 'Seed');
  await git(root, 'clone', '-q', '--bare', work, platform);
  return {
    root,
    platform,
    gitops,
    code,
    git,
    async commit(repository, files, message = 'Change') {
      const clone = await mkdtemp(join(root, 'work-'));
      await git(clone, 'clone', '-q', repository, '.');
      for (const [path, content] of Object.entries(files)) {
        const file = join(clone, path);
        if (content === null) await rm(file, { recursive: true });
        else {
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, content);
        }
      }
      await git(clone, 'add', '-A');
      await git(clone, 'commit', '-q', '-m', message);
      await git(clone, 'push', '-q', 'origin', 'HEAD:main');
      await rm(clone, { recursive: true });
    },
    file: (repository, path) => git(repository, 'show', `main:${path}`),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** The files below a folder, by path. */
export async function readFolder(
  folder: string,
): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter(entry => entry.isFile());
  return Object.fromEntries(
    await Promise.all(
      files.map(async entry => {
        const path = join(entry.parentPath, entry.name);
        return [
          path.slice(folder.length + 1),
          await readFile(path, 'utf8'),
        ] as const;
      }),
    ),
  );
}
