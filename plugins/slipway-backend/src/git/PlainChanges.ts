import { ConflictError, InputError } from '@backstage/errors';
import {
  ChangeComment,
  ChangeState,
  FileChange,
  FileDiff,
  GitAuthor,
  HostedChange,
  MergeChangeInput,
  OpenChangeInput,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { ChangeStore } from '../ports/ChangeStore';
import { Changes } from './Changes';
import { branchRef, requireHead } from './branches';
import { ChangeRecords, RecordMovedError, storeKey } from './ChangeRecords';
import { changeTrees } from './changeTrees';
import { CHANGE_TRAILER, closedRef } from './changeTruth';
import {
  changedPaths,
  contentsOf,
  diffTrees,
  forbiddenEntries,
  mergeTrees,
} from './compare';
import { FileConflictError } from './errors';
import { GitRepository, RefUpdate } from './GitRepository';
import { assertBranch } from './names';
import { hasCommit, readLog, resolveRef, treeOf } from './objects';
import { planHead } from './planHead';
import { Pauses } from './retry';
import { assertFiles, writeCommit } from './writeObjects';

const MAX_TITLE = 300;
const MAX_TEXT = 64 * 1024;

/** Trailer by which a repeated request is known. */
export const KEY_TRAILER = 'Slipway-Idempotency-Key';

/**
 * Change requests that the portal keeps itself: the branch is in Git, the record in the store.
 *
 * Every act moves its refs in one compare-and-swap, so that Git decides who was first; the store follows. A process
 * that dies in between leaves a record that the next look at the change corrects (`correctionOf`).
 */
export class PlainChanges implements Changes {
  readonly #records: ChangeRecords;

  constructor(
    private readonly options: {
      store: ChangeStore;
      open: (url: string) => Promise<GitRepository>;
      committer: GitAuthor;
      clock: () => Date;
      pauses: Pauses;
    },
  ) {
    this.#records = new ChangeRecords(options);
  }

  /**
   * The record comes first: whoever dies after it leaves an open change without its branch, which the next call with
   * the same branch adopts and completes.
   */
  async open(input: OpenChangeInput): Promise<HostedChange> {
    assertOpenInput(input);
    const repository = await this.options.open(input.repository.url);
    const id = await this.#records.retrying(async () => {
      await repository.refresh();
      return this.#openOnce(repository, input);
    });
    return this.get(input.repository, id);
  }

  async get(ref: RepositoryRef, id: string): Promise<HostedChange> {
    return this.#records.retrying(
      async () => (await this.#records.find(ref, id, 'shown')).change,
    );
  }

  async list(
    ref: RepositoryRef,
    filter?: { state?: ChangeState },
  ): Promise<HostedChange[]> {
    const repository = await this.options.open(ref.url);
    await repository.catchUp();
    return this.#records.retrying(() =>
      this.#records.all(repository, ref, filter?.state),
    );
  }

  /** What merging would do to the base as it stands now; of a finished change, what it did or would have done. */
  async diff(ref: RepositoryRef, id: string): Promise<FileDiff[]> {
    return this.#records.retrying(async () => {
      const { repository, change } = await this.#records.find(ref, id, 'shown');
      const { shown } = await changeTrees(repository, change);
      return diffTrees(repository, shown.from, shown.to);
    });
  }

  async preview(
    ref: RepositoryRef,
    id: string,
  ): Promise<{
    base: string;
    head: string;
    files: FileChange[];
    conflicts: string[];
  }> {
    return this.#records.retrying(async () => {
      const { repository, change } = await this.#records.find(ref, id, 'shown');
      const { base, merge, conflicts } = await changeTrees(repository, change);
      const changes = await changedPaths(repository, merge.from, merge.to);
      // A file in conflict holds markers, which nobody should take for its content.
      const clean = changes.filter(it => !conflicts.includes(it.path));
      return {
        base,
        head: change.headCommit,
        files: await contentsOf(repository, clean),
        conflicts,
      };
    });
  }

  /** A base that moved without a conflict is merged anew, unless the caller judged a certain base. */
  async merge(
    ref: RepositoryRef,
    id: string,
    input: MergeChangeInput,
  ): Promise<HostedChange> {
    await this.#records.retrying(async () => {
      const { repository, change } = await this.#records.find(ref, id);
      if (change.state === 'merged') return;
      if (change.state === 'closed') {
        throw new ConflictError(
          `Change ${change.number} is closed and can't be merged. Open it again to merge it.`,
        );
      }
      assertExpected(
        `Change ${change.number}`,
        change.headCommit,
        input.expectedHead,
      );
      const base = await requireHead(repository, change.repository.branch);
      assertExpected(
        `The branch "${change.repository.branch}"`,
        base,
        input.expectedBase,
      );
      if (
        (await resolveRef(repository, branchRef(change.branch))) !==
        change.headCommit
      ) {
        throw new ConflictError(
          `The branch "${change.branch}" of change ${change.number} is missing in ${repository.where}. ` +
            `Open the change again, which writes it anew, or close it.`,
        );
      }
      const commit = await writeCommit(repository, {
        baseTree: await mergedTree(repository, change, base),
        files: [],
        parents: [base, change.headCommit],
        message: input.message,
        trailers: { ...input.trailers, [CHANGE_TRAILER]: change.id },
        author: input.gitAuthor,
        committer: this.options.committer,
        at: this.options.clock(),
      });
      await repository.updateRefs([
        { ref: branchRef(change.repository.branch), from: base, to: commit },
        { ref: branchRef(change.branch), from: change.headCommit, to: null },
      ]);
      await this.#records.update(change, {
        state: 'merged',
        mergeCommit: commit,
        baseCommit: base,
      });
    });
    return this.get(ref, id);
  }

  /** The branch goes; the commits stay under a ref of ours, so that the diff can still be looked at. */
  async close(ref: RepositoryRef, id: string): Promise<HostedChange> {
    await this.#records.retrying(async () => {
      const { repository, change } = await this.#records.find(ref, id);
      if (change.state === 'closed') return;
      if (change.state === 'merged') {
        throw new ConflictError(
          `Change ${change.number} is merged and can't be closed. Revert it with a new change.`,
        );
      }
      const branch = await resolveRef(repository, branchRef(change.branch));
      const updates: RefUpdate[] = [
        { ref: branchRef(change.branch), from: branch ?? null, to: null },
      ];
      // Without its commits (recorded, then the mirror was dropped before the push) there is nothing to keep.
      if (await hasCommit(repository, change.headCommit)) {
        updates.push({
          ref: closedRef(change.id),
          from: null,
          to: change.headCommit,
        });
      }
      await repository.updateRefs(updates);
      await this.#records.update(change, { state: 'closed' });
    });
    return this.get(ref, id);
  }

  async listComments(ref: RepositoryRef, id: string): Promise<ChangeComment[]> {
    await this.#records.stored(ref, id);
    return this.options.store.listComments(id);
  }

  /** An approval holds for the head that stands now; who pushes afterwards needs another. */
  async addComment(
    ref: RepositoryRef,
    id: string,
    comment: { author: string; body: string; verdict?: 'approved' },
  ): Promise<ChangeComment> {
    assertText('comment', comment.body);
    if (!comment.verdict) {
      if (comment.body.trim() === '')
        throw new InputError('The comment is empty. Write something in it.');
      await this.#records.stored(ref, id);
      return this.options.store.addComment(id, {
        author: comment.author,
        body: comment.body,
      });
    }
    const { change } = await this.#records.retrying(() =>
      this.#records.find(ref, id),
    );
    if (change.state !== 'open') {
      throw new ConflictError(
        `Change ${change.number} is ${change.state}; only an open one can be approved.`,
      );
    }
    return this.options.store.addComment(id, {
      author: comment.author,
      body: comment.body,
      verdict: comment.verdict,
      headCommit: change.headCommit,
    });
  }

  /** One round; returns the id of the change that now holds the files. */
  async #openOnce(
    repository: GitRepository,
    input: OpenChangeInput,
  ): Promise<string> {
    const base = await requireHead(repository, input.repository.branch);
    const sameBranch = (
      await this.#records.all(repository, input.repository)
    ).filter(it => it.branch === input.branch);
    const open = sameBranch.find(it => it.state === 'open');
    assertExpected(
      `The branch "${input.repository.branch}"`,
      base,
      input.expectedBase,
    );
    assertExpected(
      `The change of the branch "${input.branch}"`,
      open?.headCommit ?? null,
      input.expectedHead,
    );
    const branchHead = await resolveRef(repository, branchRef(input.branch));
    const planned = await planHead(repository, {
      base,
      branchHead,
      recordedHead: open?.headCommit,
      input,
      committer: this.options.committer,
      at: this.options.clock(),
    });
    if (!planned) {
      return repeated(repository, input, sameBranch);
    }
    const { change, adopted } = await this.options.store.adoptOrInsert({
      repository: storeKey(input.repository),
      branch: input.branch,
      title: input.title,
      description: input.description,
      author: input.author,
      baseCommit: planned.base,
      headCommit: planned.head,
    });
    if (change.repository.branch !== input.repository.branch) {
      throw new ConflictError(
        `The branch "${input.branch}" already holds change ${change.number} to "${change.repository.branch}", not to ` +
          `"${input.repository.branch}". Close that change, or choose another branch.`,
      );
    }
    await repository.updateRefs([
      {
        ref: branchRef(input.branch),
        from: branchHead ?? null,
        to: planned.head,
      },
    ]);
    if (adopted) {
      await this.#records.update(change, {
        title: input.title,
        description: input.description,
        baseCommit: planned.base,
        headCommit: planned.head,
      });
    }
    // Closed or merged between the steps: the branch stands, so the next round opens a change for it.
    if ((await this.options.store.get(change.id))?.state !== 'open') {
      throw new RecordMovedError(
        `Change ${change.number} was finished while it was being opened. Repeat.`,
      );
    }
    return change.id;
  }
}

/** Nothing to change: a repeated request gets its merged change, anybody else is told. */
async function repeated(
  repository: GitRepository,
  input: OpenChangeInput,
  sameBranch: HostedChange[],
): Promise<string> {
  const key = input.trailers[KEY_TRAILER];
  for (const change of key
    ? sameBranch.filter(it => it.state === 'merged')
    : []) {
    if (!(await hasCommit(repository, change.headCommit))) continue;
    const [commit] = await readLog(repository, {
      to: change.headCommit,
      limit: 1,
    });
    if (commit?.trailers[KEY_TRAILER] === key) return change.id;
  }
  throw new InputError(
    `The branch "${input.repository.branch}" of ${repository.where} already holds exactly these files, so there is ` +
      `nothing to open a change for. Change something first.`,
  );
}

/** The merged tree, or `FileConflictError` that names each file in the way. */
async function mergedTree(
  repository: GitRepository,
  change: HostedChange,
  base: string,
): Promise<string> {
  const { tree, conflicts } = await mergeTrees(
    repository,
    base,
    change.headCommit,
  );
  if (conflicts.length > 0) {
    throw new FileConflictError(
      `Change ${change.number} conflicts with "${change.repository.branch}" in: ${conflicts.join(', ')}. ` +
        `Open the change again on the current state, or solve it on the branch "${change.branch}".`,
      conflicts,
    );
  }
  const forbidden = forbiddenEntries(
    await changedPaths(repository, await treeOf(repository, base), tree),
  );
  if (forbidden.length > 0) {
    throw new FileConflictError(
      `Change ${change.number} brings in symbolic links or submodules, which are not allowed: ${forbidden.join(', ')}. ` +
        `Take them out of the branch "${change.branch}".`,
      forbidden,
    );
  }
  return tree;
}

function assertExpected(
  what: string,
  found: string | null,
  expected: string | null | undefined,
): void {
  if (expected !== undefined && expected !== found) {
    throw new ConflictError(
      `${what} stands at ${found ?? 'no commit'} and not at ${expected ?? 'no commit'} any more. Look at it again, and repeat.`,
    );
  }
}

function assertText(what: string, text: string): void {
  if (text.length > MAX_TEXT) {
    throw new InputError(
      `The ${what} is ${text.length} characters long; the limit is ${MAX_TEXT}.`,
    );
  }
}

function assertOpenInput(input: OpenChangeInput): void {
  assertBranch(input.branch);
  assertBranch(input.repository.branch);
  if (input.branch === input.repository.branch) {
    throw new InputError(
      `A change needs a branch of its own; "${input.branch}" is the one that it is to be merged into.`,
    );
  }
  if (
    input.title.trim() === '' ||
    input.title.length > MAX_TITLE ||
    /[\r\n]/.test(input.title)
  ) {
    throw new InputError(
      `The title must be one line of 1 to ${MAX_TITLE} characters.`,
    );
  }
  assertText('description', input.description);
  assertFiles(input.files);
}
