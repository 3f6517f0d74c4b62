import { NotFoundError } from '@backstage/errors';
import { missingBranch } from './ensureRepository';
import { GitRepository } from './GitRepository';
import { isAncestor, listRefs, resolveRef } from './objects';

export function branchRef(branch: string): string {
  return `refs/heads/${branch}`;
}

/** Head of the branch; undefined in a repository without any commit; `NotFoundError` when only this branch is missing. */
export async function headOf(
  repository: GitRepository,
  branch: string,
): Promise<string | undefined> {
  const head = await resolveRef(repository, branchRef(branch));
  if (head) return head;
  const others = [...(await listRefs(repository, 'refs/heads/')).keys()].map(
    ref => ref.slice('refs/heads/'.length),
  );
  if (others.length > 0) {
    throw missingBranch(repository.where, branch, others);
  }
  return undefined;
}

/** As `headOf`, where a repository without a commit is of no use. */
export async function requireHead(
  repository: GitRepository,
  branch: string,
): Promise<string> {
  const head = await headOf(repository, branch);
  if (!head) {
    throw new NotFoundError(
      `${repository.where} has no commit yet, so there is no branch "${branch}" to work on. ` +
        `Push a first commit to it, or let Slipway create the repository.`,
    );
  }
  return head;
}

/** Where a branch stands, and what the next commit on it is built on. */
export interface BranchStart {
  head: string | undefined;
  from: string | undefined;
}

/**
 * Usually the head is both. With a `base` the branch may be missing: then it begins there, and so it does when all that
 * it held is in the base already, as after a merge.
 */
export async function startOf(
  repository: GitRepository,
  input: { repository: { branch: string }; base?: string },
): Promise<BranchStart> {
  const { branch } = input.repository;
  if (input.base === undefined) {
    const head = await headOf(repository, branch);
    return { head, from: head };
  }
  const head = await resolveRef(repository, branchRef(branch));
  const isNew = !head || (await isAncestor(repository, head, input.base));
  return { head, from: isNew ? input.base : head };
}
