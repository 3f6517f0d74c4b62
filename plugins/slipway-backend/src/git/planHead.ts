import { FileChange, GitAuthor } from '@slipway/plugin-slipway-node';
import { changedPaths, mergeTrees } from './compare';
import { FileConflictError } from './errors';
import { GitRepository } from './GitRepository';
import { hasCommit, isAncestor, mergeBase, treeOf } from './objects';
import { pendingFiles, Trailers, writeCommit } from './writeObjects';

/** The head that a change's branch should get, and the commit of the target branch that it is built on. */
export interface PlannedHead {
  head: string;
  base: string;
}

/**
 * Decides what commit the branch of a change should stand at so that the change is exactly these files; undefined when
 * the base already holds them. Writes objects, but no ref.
 *
 * A branch that already says so keeps its commit, even when the base has moved on: approvals are bound to it. It is
 * only built anew, on the current base, when its content differs, or when a merge would not make exactly these files. The new commit
 * descends from the old one, so that nobody's commits are lost and every push is a fast-forward.
 */
export async function planHead(
  repository: GitRepository,
  options: {
    base: string;
    /** Where the branch stands, if it is there. */
    branchHead?: string;
    /** What the record of an open change says; differs from the branch after a crash. */
    recordedHead?: string;
    input: {
      files: FileChange[];
      title: string;
      description: string;
      gitAuthor: GitAuthor;
      trailers: Trailers;
    };
    committer: GitAuthor;
    at: Date;
  },
): Promise<PlannedHead | undefined> {
  const { base, input } = options;
  const pending = await pendingFiles(repository, base, input.files);
  if (pending.length === 0) return undefined;

  // A branch whose commits are all in the base is what a merge by hand left behind: the change begins anew.
  const isLeftover =
    options.branchHead !== undefined &&
    (await isAncestor(repository, options.branchHead, base));
  const current = isLeftover ? undefined : options.branchHead;

  if (current) {
    const fork = await mergeBase(repository, base, current);
    if (fork && (await saysSo(repository, fork, current, input.files))) {
      const { tree, conflicts } = await mergeTrees(repository, base, current);
      // What came into the base meanwhile may merge into something that nobody asked for, without any conflict.
      if (
        conflicts.length === 0 &&
        (await saysSo(repository, base, tree, input.files))
      )
        return { head: current, base: fork };
    }
  } else if (
    options.recordedHead &&
    (await isBuiltOn(repository, options.recordedHead, base, input.files))
  ) {
    return { head: options.recordedHead, base };
  }

  const parents = current ? [current] : [base];
  if (current && !(await isAncestor(repository, base, current)))
    parents.push(base);
  const head = await writeCommit(repository, {
    baseTree: await treeOf(repository, base),
    files: pending,
    parents,
    message: input.description.trim()
      ? `${input.title}\n\n${input.description}`
      : input.title,
    trailers: input.trailers,
    author: input.gitAuthor,
    committer: options.committer,
    at: options.at,
  });
  return { head, base };
}

/** Whether the head, a commit or a tree, is its fork point plus these files, and nothing else. */
async function saysSo(
  repository: GitRepository,
  fork: string,
  head: string,
  files: FileChange[],
): Promise<boolean> {
  const asked = new Set(files.map(file => file.path));
  const changed = await changedPaths(repository, fork, head);
  if (changed.some(change => !asked.has(change.path))) return false;
  try {
    return (await pendingFiles(repository, head, files)).length === 0;
  } catch (error) {
    // A file that the head has no room for can't be what it says.
    if (error instanceof FileConflictError) return false;
    throw error;
  }
}

/** Whether a commit that was recorded before a crash, and never reached its branch, is still the right one. */
async function isBuiltOn(
  repository: GitRepository,
  commit: string,
  base: string,
  files: FileChange[],
): Promise<boolean> {
  return (
    (await hasCommit(repository, commit)) &&
    (await isAncestor(repository, base, commit)) &&
    (await saysSo(repository, base, commit, files))
  );
}
