import { ConflictError } from '@backstage/errors';
import type {
  ChangeComment,
  ChangeState,
  FileChange,
  FileDiff,
  HostedChange,
  MergeChangeInput,
  OpenChangeInput,
  PullRequestHost,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import type { ChangeStore } from '../../ports/ChangeStore';
import { branchRef, requireHead } from '../branches';
import type { Changes } from '../Changes';
import { CHANGE_TRAILER } from '../changeTruth';
import type { GitRepository } from '../GitRepository';
import { resolveRef } from '../objects';
import type { PlainChanges } from '../PlainChanges';
import { PullRequestRecords } from './PullRequestRecords';

/**
 * Change requests of a host with pull requests. Branches and commits are Git's, as with plain Git, and so are diff and
 * preview; the pull request beside them is opened, merged and closed at the host, which looks at its own rules.
 */
export class HostedChanges implements Changes {
  readonly #records: PullRequestRecords;

  constructor(
    private readonly options: {
      plain: PlainChanges;
      host: PullRequestHost;
      store: ChangeStore;
      open: (url: string) => Promise<GitRepository>;
      clock: () => Date;
    },
  ) {
    this.#records = new PullRequestRecords(options);
  }

  async open(input: OpenChangeInput): Promise<HostedChange> {
    const change = await this.options.plain.open(input);
    return change.state === 'open'
      ? this.#records.linked(this.options.host, input.repository, change)
      : change;
  }

  get(ref: RepositoryRef, id: string): Promise<HostedChange> {
    return this.options.plain.get(ref, id);
  }

  list(
    ref: RepositoryRef,
    filter?: { state?: ChangeState },
  ): Promise<HostedChange[]> {
    return this.options.plain.list(ref, filter);
  }

  diff(ref: RepositoryRef, id: string): Promise<FileDiff[]> {
    return this.options.plain.diff(ref, id);
  }

  preview(
    ref: RepositoryRef,
    id: string,
  ): Promise<{
    base: string;
    head: string;
    files: FileChange[];
    conflicts: string[];
  }> {
    return this.options.plain.preview(ref, id);
  }

  /**
   * The host merges, as only it knows its rules. It compares the head; the base is compared right before, so a push in
   * the moment between the two gets in unseen, and is planned with the next look at the branch.
   */
  async merge(
    ref: RepositoryRef,
    id: string,
    input: MergeChangeInput,
  ): Promise<HostedChange> {
    const { host, plain, store } = this.options;
    const change = await plain.get(ref, id);
    if (change.state === 'merged') return change;
    if (change.state === 'closed') {
      throw new ConflictError(
        `Change ${change.number} is closed and can't be merged. Open it again to merge it.`,
      );
    }
    const expectedHead = input.expectedHead ?? change.headCommit;
    assertSame(`Change ${change.number}`, change.headCommit, expectedHead);
    const repository = await this.options.open(ref.url);
    await repository.refresh();
    const base = await requireHead(repository, ref.branch);
    assertSame(`The branch "${ref.branch}"`, base, input.expectedBase ?? base);
    const number =
      change.pullRequest?.number ?? (await host.open(ref, change)).number;
    const [title, ...body] = input.message.split('\n');
    const pull = await host.merge(ref, number, {
      expectedHead,
      title,
      message: [
        body.join('\n').trim(),
        trailerLines({ ...input.trailers, [CHANGE_TRAILER]: id }),
      ]
        .filter(Boolean)
        .join('\n\n'),
    });
    await repository.refresh();
    await this.#dropBranch(repository, change);
    const updated = await store.update(
      id,
      { headCommit: change.headCommit },
      {
        state: 'merged',
        baseCommit: base,
        ...(pull.mergeCommit && { mergeCommit: pull.mergeCommit }),
      },
    );
    const merged = await plain.get(ref, id);
    if (!updated && merged.state !== 'merged') {
      throw new ConflictError(
        `Pull request #${number} was merged, but its record was changed meanwhile. Look at it again.`,
      );
    }
    return this.#records.seen(host, merged, pull);
  }

  /** At the host first: whoever dies after it leaves a branch without a pull request, which closing again removes. */
  async close(ref: RepositoryRef, id: string): Promise<HostedChange> {
    const { host, plain } = this.options;
    const change = await plain.get(ref, id);
    if (change.state === 'open' && change.pullRequest) {
      await host.close(ref, change.pullRequest.number);
    }
    return plain.close(ref, id);
  }

  listComments(ref: RepositoryRef, id: string): Promise<ChangeComment[]> {
    return this.options.plain.listComments(ref, id);
  }

  addComment(
    ref: RepositoryRef,
    id: string,
    comment: { author: string; body: string; verdict?: 'approved' },
  ): Promise<ChangeComment> {
    return this.options.plain.addComment(ref, id, comment);
  }

  /** Some hosts have removed it already, and on some a rule keeps it: neither is in anybody's way. */
  async #dropBranch(
    repository: GitRepository,
    change: HostedChange,
  ): Promise<void> {
    const ref = branchRef(change.branch);
    if ((await resolveRef(repository, ref)) !== change.headCommit) return;
    await repository
      .updateRefs([{ ref, from: change.headCommit, to: null }])
      .catch(() => {});
  }
}

function assertSame(what: string, found: string, expected: string): void {
  if (expected === found) return;
  throw new ConflictError(
    `${what} stands at ${found} and not at ${expected} any more. Look at it again, then merge.`,
  );
}

function trailerLines(trailers: Record<string, string>): string {
  return Object.entries(trailers)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');
}
