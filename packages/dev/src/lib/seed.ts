import { existsSync } from 'node:fs';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
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

/** Repositories that the demo's organization had before it came to Slipway. */
const CODE = join(ROOT, 'packages', 'dev', 'demo', 'repositories');

/** The demo's organization, and where its code is. */
export const DEMO_ORGANIZATION = 'shop';

/** Where the demo's organization keeps its code. */
export type DemoGitHost = 'plain' | 'gitea';

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
  options: {
    folders: string[];
    message: string;
    /** Changes the files before they are committed. */
    edit?: (work: string) => Promise<void>;
  },
): Promise<void> {
  if (existsSync(target)) return;
  say(`creating ${target}`);
  await mkdir(dirname(target), { recursive: true });
  const work = await mkdtemp(join(tmpdir(), 'slipway-seed-'));
  const bare = `${target}.incomplete`;
  try {
    await git(work, 'init', '-q', '-b', 'main');
    for (const folder of options.folders)
      await cp(folder, work, { recursive: true });
    await options.edit?.(work);
    await git(work, 'add', '-A');
    await git(work, 'commit', '-q', '--allow-empty', '-m', options.message);
    await rm(bare, { recursive: true, force: true });
    await git(work, 'clone', '-q', '--bare', work, bare);
    await git(bare, 'remote', 'remove', 'origin');
    await rename(bare, target);
  } finally {
    await rm(work, { recursive: true, force: true });
    await rm(bare, { recursive: true, force: true });
  }
}

/** The names of the repositories that the demo's organization had already. */
export async function codeRepositories(): Promise<string[]> {
  return (await readdir(CODE)).sort();
}

/**
 * The plain Git repositories of the embedded default, seeded once: the platform's, the one of GitOps, and the code that
 * the demo's organization had already.
 */
export async function seedRepositories(
  state: string,
  gitHost: DemoGitHost = 'plain',
): Promise<void> {
  const repositories = join(state, 'repositories');
  await makeRepository(join(repositories, 'platform.git'), {
    folders: [
      join(ROOT, 'docs', 'examples', 'platform'),
      join(ROOT, 'packages', 'dev', 'demo', 'platform'),
      join(ROOT, 'packages', 'dev', 'demo', 'scenes'),
    ],
    message:
      'Seed the platform: classes, quotas, policies and the demo organization',
    async edit(work) {
      const file = join(
        work,
        'organizations',
        DEMO_ORGANIZATION,
        'organization.yaml',
      );
      const text = await readFile(file, 'utf8');
      await writeFile(
        file,
        text.replace('integration: plain', `integration: ${gitHost}`),
      );
    },
  });
  await makeRepository(join(repositories, 'gitops.git'), {
    folders: [],
    message: 'Start the GitOps repository',
  });
  for (const name of await codeRepositories()) {
    await makeRepository(
      join(repositories, 'code', DEMO_ORGANIZATION, `${name}.git`),
      { folders: [join(CODE, name)], message: `Bring ${name} into Git` },
    );
  }
}
