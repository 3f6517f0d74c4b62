import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './paths.ts';
import { run } from './run.ts';
import { fail, say } from './say.ts';

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Slipway',
  GIT_AUTHOR_EMAIL: 'slipway@localhost',
  GIT_COMMITTER_NAME: 'Slipway',
  GIT_COMMITTER_EMAIL: 'slipway@localhost',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

async function git(cwd: string, ...args: string[]): Promise<void> {
  const result = await run('git', args, { cwd, quiet: true, env: IDENTITY });
  if (result.code !== 0) fail(`git ${args[0]} failed:\n${result.output}`);
}

/**
 * Makes a bare repository whose first commit holds these folders. It appears under its name only when it is complete, so
 * an interrupted start leaves nothing half-done.
 */
async function makeRepository(
  target: string,
  folders: string[],
  message: string,
): Promise<void> {
  if (existsSync(target)) return;
  say(`creating ${target}`);
  await mkdir(dirname(target), { recursive: true });
  const work = await mkdtemp(join(tmpdir(), 'slipway-seed-'));
  const bare = `${target}.incomplete`;
  try {
    await git(work, 'init', '-q', '-b', 'main');
    for (const folder of folders) await cp(folder, work, { recursive: true });
    await git(work, 'add', '-A');
    await git(work, 'commit', '-q', '--allow-empty', '-m', message);
    await rm(bare, { recursive: true, force: true });
    await git(work, 'clone', '-q', '--bare', work, bare);
    await git(bare, 'remote', 'remove', 'origin');
    await rename(bare, target);
  } finally {
    await rm(work, { recursive: true, force: true });
    await rm(bare, { recursive: true, force: true });
  }
}

/** The two plain Git repositories of the embedded default, seeded once. */
export async function seedRepositories(state: string): Promise<void> {
  await makeRepository(
    join(state, 'repositories', 'platform.git'),
    [
      join(ROOT, 'docs', 'examples', 'platform'),
      join(ROOT, 'packages', 'dev', 'demo', 'platform'),
      join(ROOT, 'packages', 'dev', 'demo', 'scenes'),
    ],
    'Seed the platform: classes, quotas, policies and the demo organization',
  );
  await makeRepository(
    join(state, 'repositories', 'gitops.git'),
    [],
    'Start the GitOps repository',
  );
}
