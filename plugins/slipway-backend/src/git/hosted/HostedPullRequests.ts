import { NotFoundError } from '@backstage/errors';
import type {
  HostedChange,
  PullRequest,
  PullRequestHost,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { createHash } from 'node:crypto';
import type { ChangeStore } from '../../ports/ChangeStore';
import type {
  ObservedPullRequests,
  PullRequestReport,
  PullRequests,
} from '../../ports/PullRequests';
import { requireHead } from '../branches';
import { storeKey } from '../ChangeRecords';
import type { GitRepository } from '../GitRepository';
import { mergeBase } from '../objects';
import type { PlainChanges } from '../PlainChanges';
import { PullRequestRecords } from './PullRequestRecords';

/** More open pull requests than this in one repository are not looked at: the ones that moved last are. */
const MAX_OPEN = 200;
/** Reviews and checks of a pull request that did not move are asked for again after this: checks move nothing. */
const DETAILS_MS = 2 * 60_000;
/** Hosts tell times in whole seconds, by clocks of their own: what moved just before it was seen may have moved since. */
const CLOCK_SLACK_MS = 10_000;
/** Stays invisible at the host, and finds our comment again. */
const MARKER = '<!-- slipway:plan -->';

/** Looks after the pull requests of all repositories whose host keeps such. */
export class HostedPullRequests implements PullRequests {
  readonly #records: PullRequestRecords;

  constructor(
    private readonly options: {
      plain: PlainChanges;
      store: ChangeStore;
      hostOf: (url: string) => PullRequestHost | undefined;
      open: (url: string) => Promise<GitRepository>;
      clock: () => Date;
    },
  ) {
    this.#records = new PullRequestRecords(options);
  }

  async observe(ref: RepositoryRef): Promise<ObservedPullRequests | undefined> {
    const host = this.options.hostOf(ref.url);
    if (!host) return undefined;
    const pulls = await host.listOpen(ref, { limit: MAX_OPEN });
    const repository = await this.options.open(ref.url);
    await repository.refresh();
    // Reading the list corrects by Git what was merged or pushed by hand.
    const before = await this.options.store.list(storeKey(ref), {
      state: 'open',
    });
    const open = await this.options.plain.list(ref, { state: 'open' });
    const result: ObservedPullRequests = { open: [], ended: [], ignored: [] };
    for (const pull of pulls) {
      const reason = refusalOf(pull);
      if (reason) {
        const { number, headCommit } = pull;
        result.ignored.push({ number, headCommit, reason });
        continue;
      }
      const change =
        open.find(it => it.branch === pull.branch) ??
        ((await this.#hasEnded(host, ref, pull))
          ? undefined
          : await this.#adopted(host, ref, repository, pull));
      if (change)
        result.open.push(await this.#detailed(host, ref, change, pull));
    }
    for (const change of open.filter(
      it => !result.open.some(({ id }) => id === it.id),
    )) {
      const now = await this.#settled(host, ref, change, pulls.length);
      (now.state === 'open' ? result.open : result.ended).push(now);
    }
    for (const { id } of before.filter(
      it => !open.some(still => still.id === it.id),
    )) {
      result.ended.push(await this.options.plain.get(ref, id));
    }
    return result;
  }

  async tell(change: HostedChange, report: PullRequestReport): Promise<void> {
    const { pullRequest, repository: ref } = change;
    const host = this.options.hostOf(ref.url);
    if (!host || !pullRequest) return;
    const told = createHash('sha256')
      .update(JSON.stringify([change.headCommit, report]))
      .digest('base64url');
    if (pullRequest.told === told) return;
    await host.comment(ref, pullRequest.number, {
      marker: MARKER,
      body: report.comment,
    });
    await host.setCheck(ref, change.headCommit, report.check);
    // Written last: who dies before says it again, in the same comment.
    await this.options.store.observe(change.id, { ...pullRequest, told });
  }

  async refuse(
    ref: RepositoryRef,
    headCommit: string,
    reason: string,
  ): Promise<void> {
    const host = this.options.hostOf(ref.url);
    await host?.setCheck(ref, headCommit, {
      name: 'slipway/plan',
      state: 'failure',
      description: reason,
    });
  }

  /**
   * Whether a pull request was still listed, and has ended since: its record is no longer among the open ones, and no
   * second one is made. The host is asked, as it may also have been opened again.
   */
  async #hasEnded(
    host: PullRequestHost,
    ref: RepositoryRef,
    { number, branch, headCommit }: PullRequest,
  ): Promise<boolean> {
    const known = await this.options.store.list(storeKey(ref));
    const ended = known.some(
      it =>
        it.state !== 'open' &&
        it.branch === branch &&
        it.headCommit === headCommit,
    );
    return ended && (await host.get(ref, number)).state !== 'open';
  }

  /** A pull request that somebody opened at the host gets its record; undefined while its commit isn't there. */
  async #adopted(
    host: PullRequestHost,
    ref: RepositoryRef,
    repository: GitRepository,
    pull: PullRequest,
  ): Promise<HostedChange | undefined> {
    const { branch, title, description, headCommit } = pull;
    if (!(await repository.look(headCommit))) return undefined;
    const base = await mergeBase(
      repository,
      await requireHead(repository, ref.branch),
      headCommit,
    );
    const { change } = await this.options.store.adoptOrInsert({
      repository: storeKey(ref),
      branch,
      title,
      description,
      author: `user:${host.type}/${pull.author}`.toLocaleLowerCase('en-US'),
      baseCommit: base ?? headCommit,
      headCommit,
    });
    return this.options.plain.get(ref, change.id);
  }

  async #detailed(
    host: PullRequestHost,
    ref: RepositoryRef,
    change: HostedChange,
    pull: PullRequest,
  ): Promise<HostedChange> {
    const seen = change.pullRequest;
    const age = seen
      ? this.options.clock().getTime() - Date.parse(seen.seenAt)
      : Infinity;
    const moved =
      !seen ||
      pull.headCommit !== change.headCommit ||
      Date.parse(pull.updatedAt) > Date.parse(seen.seenAt) - CLOCK_SLACK_MS ||
      seen.checks.some(check => check.state === 'pending');
    if (!moved && age < DETAILS_MS) return change;
    const [reviews, checks] = await Promise.all([
      host.reviews(ref, pull.number),
      host.checks(ref, pull.headCommit),
    ]);
    return this.#records.seen(host, change, pull, { reviews, checks });
  }

  /** An open change that is not among the open pull requests: it ended at the host, or was never opened there. */
  async #settled(
    host: PullRequestHost,
    ref: RepositoryRef,
    change: HostedChange,
    listed: number,
  ): Promise<HostedChange> {
    if (!change.pullRequest) return this.#records.linked(host, ref, change);
    // Behind the end of a list that is full it may be open still.
    if (listed >= MAX_OPEN) return change;
    let pull: PullRequest;
    try {
      pull = await host.get(ref, change.pullRequest.number);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      return this.options.plain.close(ref, change.id);
    }
    if (pull.state === 'open') return change;
    const { headCommit } = change;
    await this.options.store.update(
      change.id,
      { headCommit },
      {
        state: pull.state,
        ...(pull.mergeCommit && { mergeCommit: pull.mergeCommit }),
      },
    );
    return this.#records.seen(
      host,
      await this.options.plain.get(ref, change.id),
      pull,
    );
  }
}

/** Why a pull request is none of ours; undefined when it is looked at. */
function refusalOf(pull: PullRequest): string | undefined {
  return pull.fork
    ? 'Its branch lies in a fork; push it to this repository to have it planned.'
    : undefined;
}
