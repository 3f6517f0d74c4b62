import { HostedChange } from '@slipway/plugin-slipway-node';
import { branchRef } from './branches';
import { GitRepository } from './GitRepository';
import {
  hasCommit,
  isAncestor,
  listRefs,
  readLog,
  resolveRef,
} from './objects';

/** Trailer of a merge commit: which change it brought in. */
export const CHANGE_TRAILER = 'Slipway-Change';

/** Keeps a closed change's commits from being cleaned up, and says that it is closed. */
export function closedRef(id: string): string {
  return `refs/slipway/closed/${id}`;
}

/** Refs that changes depend on, read in one go so that a list costs no more than one change. */
export interface ChangeRefs {
  branches: Map<string, string>;
  closed: Map<string, string>;
}

/** The same for one change alone, which needs no list. */
export async function readRefsOf(
  repository: GitRepository,
  change: HostedChange,
): Promise<ChangeRefs> {
  const found = async (refs: string[]) => {
    const entries = await Promise.all(
      refs.map(async ref => [ref, await resolveRef(repository, ref)] as const),
    );
    return new Map(
      entries.flatMap(([ref, commit]) =>
        commit ? [[ref, commit] as const] : [],
      ),
    );
  };
  return {
    branches: await found([
      branchRef(change.repository.branch),
      branchRef(change.branch),
    ]),
    closed: await found([closedRef(change.id)]),
  };
}

export async function readChangeRefs(
  repository: GitRepository,
): Promise<ChangeRefs> {
  return {
    branches: await listRefs(repository, 'refs/heads/'),
    closed: await listRefs(repository, 'refs/slipway/closed/'),
  };
}

/** What the store should say of a change; undefined when it already does. */
export type Correction =
  | Partial<Pick<HostedChange, 'state' | 'headCommit' | 'mergeCommit'>>
  | undefined;

/**
 * Compares an open change with Git, which alone decides between a merge and a close that race. What is found was left
 * by a process that died between Git and the store, or done by a person with plain git; both are adopted.
 */
export async function correctionOf(
  repository: GitRepository,
  refs: ChangeRefs,
  change: HostedChange,
): Promise<Correction> {
  if (change.state !== 'open') return undefined;
  const closed = refs.closed.get(closedRef(change.id));
  if (closed) {
    return { state: 'closed', headCommit: closed };
  }
  const base = refs.branches.get(branchRef(change.repository.branch));
  const branch = refs.branches.get(branchRef(change.branch));
  const known = await hasCommit(repository, change.headCommit);
  const branchIsIn =
    branch !== undefined &&
    base !== undefined &&
    (await isAncestor(repository, branch, base));
  // The recorded head must be in the target, not only the branch's: an update that was recorded and has not reached
  // the branch yet must not be taken for merged because an old branch of that name is.
  if (
    known &&
    base &&
    (!branch || branchIsIn) &&
    (await isAncestor(repository, change.headCommit, base))
  ) {
    const headCommit = branch ?? change.headCommit;
    return {
      state: 'merged',
      headCommit,
      mergeCommit: await findMerge(repository, base, headCommit, change.id),
    };
  }
  if (branch && branch !== change.headCommit && !branchIsIn) {
    return { headCommit: branch };
  }
  return undefined;
}

/** The commit that brought the change in: ours by its trailer, or else a merge made by hand, or the head itself. */
async function findMerge(
  repository: GitRepository,
  base: string,
  head: string,
  id: string,
): Promise<string> {
  const [ours] = await readLog(repository, {
    to: base,
    limit: 1,
    grep: `${CHANGE_TRAILER}: ${id}`,
  });
  if (ours?.trailers[CHANGE_TRAILER] === id) return ours.commit;
  const { stdout } = await repository.run([
    'rev-list',
    '--ancestry-path',
    '--topo-order',
    '--reverse',
    '--parents',
    base,
    `^${head}`,
  ]);
  const [commit, , ...others] = stdout
    .toString('utf8')
    .split('\n', 1)[0]
    .split(' ');
  return others.includes(head) ? commit : head;
}
