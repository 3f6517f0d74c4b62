import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { explain, explained } from './errors';
import { LocalRepository } from './LocalRepository';
import { GitTools } from './GitTools';

/** A clone takes seconds; what is left of an init after this time was left by a crash. */
const STALE_INIT_MS = 10 * 60_000;
/** A repository that is being made, beside its place. */
const INIT = /^\..+\.slipway-init-[0-9a-f-]{36}$/;

/** Whether there is nothing at the path that a new repository would have to replace. */
async function isFree(folder: string): Promise<boolean> {
  try {
    return (await fs.readdir(folder)).length === 0;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return true;
    if (code === 'ENOTDIR') {
      throw new ConflictError(
        `There is a file at ${folder}, so no repository can be created. Choose another path.`,
      );
    }
    throw explain(error, folder);
  }
}

/** Of whichever repository: the one that a crash kept from being made may never be asked for again. */
async function removeStale(parent: string): Promise<void> {
  for (const name of await fs.readdir(parent)) {
    if (!INIT.test(name)) continue;
    const leftover = path.join(parent, name);
    const { mtimeMs } = await fs
      .stat(leftover)
      .catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > STALE_INIT_MS) {
      await fs.rm(leftover, { recursive: true, force: true });
    }
  }
}

/**
 * Creates a bare repository with its first commit, whole or not at all: it is made in a folder beside and moved to its
 * place. Two at once: one moves, the other finds the place taken and gets `created: false`.
 */
export async function createLocalRepository(options: {
  git: GitTools;
  folder: string;
  branch: string;
  firstCommit: (repository: LocalRepository) => Promise<string>;
}): Promise<{ created: boolean }> {
  const { git, folder, branch } = options;
  if (!(await isFree(folder))) return { created: false };
  const parent = path.dirname(folder);
  const temporary = path.join(
    parent,
    `.${path.basename(folder)}.slipway-init-${randomUUID()}`,
  );
  return explained(`the repository ${folder}`, async () => {
    await fs.mkdir(parent, { recursive: true });
    await removeStale(parent);
    try {
      await git.process.run([
        'init',
        '--quiet',
        '--bare',
        '--template=',
        `--initial-branch=${branch}`,
        temporary,
      ]);
      const repository = LocalRepository.at(git, temporary);
      const commit = await options.firstCommit(repository);
      await repository.updateRefs([
        { ref: `refs/heads/${branch}`, from: null, to: commit },
      ]);
      await fs.rename(temporary, folder);
      return { created: true };
    } catch (error) {
      await fs.rm(temporary, { recursive: true, force: true });
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOTEMPTY' || code === 'EEXIST') return { created: false };
      throw error;
    }
  });
}

/** The error for a branch that isn't there although the repository has others. */
export function missingBranch(
  where: string,
  branch: string,
  others: string[],
): NotFoundError {
  const names = others.slice(0, 10).join(', ');
  return new NotFoundError(
    `The branch "${branch}" does not exist in ${where}; there are: ${names}${others.length > 10 ? ', …' : ''}. ` +
      `Correct the branch in the configuration, or create it.`,
  );
}
