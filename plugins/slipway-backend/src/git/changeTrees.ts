import { HostedChange } from '@slipway/plugin-slipway-node';
import { requireHead } from './branches';
import { mergeTrees } from './compare';
import { GitRepository } from './GitRepository';
import { mergeBase, resolveRef, treeOf } from './objects';

/** Two trees to be compared. */
export interface TreePair {
  from: string;
  to: string;
}

/** Between which trees a change lies. */
export interface ChangeTrees {
  /** Commit of the target branch that the change is held against. */
  base: string;
  /** What a person should see. */
  shown: TreePair;
  /** What merging does to the base; files in conflict hold markers. */
  merge: TreePair;
  conflicts: string[];
}

/**
 * An open change is held against the base as it stands now, a merged one against what stood before it, a closed one
 * against the commit that it was last built on.
 */
export async function changeTrees(
  repository: GitRepository,
  change: HostedChange,
): Promise<ChangeTrees> {
  const head = change.headCommit;
  if (change.state === 'open') {
    const base = await requireHead(repository, change.repository.branch);
    const { tree, conflicts } = await mergeTrees(repository, base, head);
    const merge = { from: await treeOf(repository, base), to: tree };
    // In conflict the merged tree holds markers; then what its author changed since the fork says more.
    const shown =
      conflicts.length > 0 ? await sinceFork(repository, base, head) : merge;
    return { base, shown, merge, conflicts };
  }
  const before =
    change.mergeCommit && change.mergeCommit !== head
      ? await resolveRef(repository, `${change.mergeCommit}^1`)
      : undefined;
  if (change.mergeCommit && before) {
    const pair = {
      from: await treeOf(repository, before),
      to: await treeOf(repository, change.mergeCommit),
    };
    return { base: before, shown: pair, merge: pair, conflicts: [] };
  }
  const pair = await sinceFork(repository, change.baseCommit, head);
  return { base: change.baseCommit, shown: pair, merge: pair, conflicts: [] };
}

async function sinceFork(
  repository: GitRepository,
  base: string,
  head: string,
): Promise<TreePair> {
  const fork = await mergeBase(repository, base, head);
  return {
    from: await treeOf(repository, fork ?? base),
    to: await treeOf(repository, head),
  };
}
