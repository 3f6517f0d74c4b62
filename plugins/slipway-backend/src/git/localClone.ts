import { RepositoryRef } from '@slipway/plugin-slipway-node';
import { branchRef, requireHead } from './branches';
import { createLocalRepository } from './ensureRepository';
import { GitRepository } from './GitRepository';
import { LocalRepository } from './LocalRepository';
import { isAncestor, resolveRef } from './objects';
import { GitTools } from './GitTools';

/** A clone of a big repository takes its time. */
const FETCH_TIMEOUT_MS = 180_000;

/** The only place that lets git read another folder on disk: one that was opened, and so checked, before. */
const FROM_DISK = {
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'protocol.file.allow',
  GIT_CONFIG_VALUE_0: 'always',
};

/**
 * Makes the folder a bare clone of the branch, or brings it up to date: where all that it has was pushed, its branch
 * follows; commits that were not pushed stay where they are, for somebody to push or to rebase. Whole or not at all.
 */
export async function refreshLocalClone(options: {
  git: GitTools;
  source: GitRepository;
  /** As the clone's `origin`, without credentials. */
  url: string;
  branch: RepositoryRef['branch'];
  folder: string;
}): Promise<void> {
  const { git, source, url, branch, folder } = options;
  await source.refresh();
  const theirs = await requireHead(source, branch);
  const tracking = `refs/remotes/origin/${branch}`;
  const fetch = (into: GitRepository) =>
    into.run(
      [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        source.gitDir,
        `+${branchRef(branch)}:${tracking}`,
      ],
      { env: FROM_DISK, timeoutMs: FETCH_TIMEOUT_MS },
    );
  const { created } = await createLocalRepository({
    git,
    folder,
    branch,
    firstCommit: async fresh => {
      await fresh.run(['config', 'remote.origin.url', url]);
      await fetch(fresh);
      return theirs;
    },
  });
  if (created) return;
  const clone = LocalRepository.at(git, folder);
  await clone.refresh();
  await fetch(clone);
  const ref = branchRef(branch);
  const [ours, fetched] = await Promise.all([
    resolveRef(clone, ref),
    resolveRef(clone, tracking),
  ]);
  if (!fetched || ours === fetched) return;
  if (!ours || (await isAncestor(clone, ours, fetched)))
    await clone.updateRefs([{ ref, from: ours ?? null, to: fetched }]);
}
