import type { RepositoryRef } from './GitHost';
import type { RepositoryHost } from './RepositoryHost';

/**
 * A pull request (a merge request on GitLab), as its host keeps it.
 * @public
 */
export interface PullRequest {
  /** As people see it in the host, e.g. `12` of `#12`. */
  number: number;
  /** Its page. */
  url: string;
  title: string;
  description: string;
  state: 'open' | 'merged' | 'closed';
  /** Login of who opened it. */
  author: string;
  /** The branch that it brings in. */
  branch: string;
  /** The branch that it is to be merged into. */
  base: string;
  headCommit: string;
  /** Set once it is merged; the last commit of it when the host squashed or rebased. */
  mergeCommit?: string;
  /** Its branch lies in another repository, which nobody of this one answers for. */
  fork: boolean;
  /** RFC 3339. */
  updatedAt: string;
}

/** What somebody said who looked at a pull request. @public */
export interface PullRequestReview {
  /** Login at the host. */
  author: string;
  verdict: 'approved' | 'changes-requested' | 'commented';
  /** RFC 3339. */
  at?: string;
  /** The commit that was looked at. */
  commit?: string;
  /** Whether commits came after it, so that the host no longer counts it. */
  stale?: boolean;
}

/** What a machine said of a commit: a commit status or a check run. @public */
export interface CommitCheck {
  /** E.g. `ci/test`, or `slipway/plan`. */
  name: string;
  state: 'pending' | 'success' | 'failure';
  description?: string;
  url?: string;
}

/** What is left of the number of requests that a host allows. @public */
export interface RateLimit {
  remaining: number;
  limit: number;
  /** RFC 3339: when it is full again. */
  resetAt: string;
  /** RFC 3339: when the host said so. */
  asOf: string;
}

/** A host that is asked, and what it said last of its limit. @public */
export interface HostLimit {
  /** Name and port. */
  host: string;
  /** Absent before the first answer, and for hosts that don't limit or don't say so. */
  rateLimit?: RateLimit;
}

/** A webhook of a repository. @public */
export interface InstalledWebhook {
  id: string;
  /** Where it delivers to. */
  url: string;
  /** What the host got for an answer when it was last asked to deliver, where it says so. */
  lastAnswer?: string;
}

/**
 * Port to what a Git host keeps beside Git: pull requests, reviews, checks, webhooks, repositories. Commits and branches
 * are read and pushed over Git's own protocol, with the credentials from here. One backend module a host.
 *
 * Every act is safe to repeat. Errors: `NotFoundError` (404, or hidden from these credentials), `NotAllowedError` (401
 * and 403: the message names the right that is missing, where the host says which), `ConflictError` (409, 405, and 422
 * that tell of a state, with the host's own sentence), `InputError` (other 400 and 422), `ServiceUnavailableError` (429,
 * 5xx, no answer: the message says when to come again, where the host says so). No error holds a credential.
 *
 * @public
 */
export interface PullRequestHost {
  /** `github`, `gitlab`, `gitea`, `bitbucket`. */
  readonly type: string;
  /** Its repositories, for hosts that can be searched; without it repositories are named by hand. */
  readonly repositories?: RepositoryHost;
  /** Whether it answers for the clone URL: by the hosts in Backstage's `integrations`. */
  supports(url: string): boolean;
  /** For Git over HTTPS; undefined where none are configured. */
  credentials(
    url: string,
  ): Promise<{ username: string; password: string } | undefined>;

  /** Opens one, or brings title and description of the open one of the same branch up to date. */
  open(
    repository: RepositoryRef,
    input: { branch: string; title: string; description: string },
  ): Promise<PullRequest>;
  get(repository: RepositoryRef, number: number): Promise<PullRequest>;
  /** The open ones against the branch of the repository, at most the `limit` that changed last. */
  listOpen(
    repository: RepositoryRef,
    options: { limit: number },
  ): Promise<PullRequest[]>;
  /**
   * Merges with a merge commit, and has the host look at its own rules (required reviews and checks, protected
   * branches). `ConflictError` when the head is another than `expectedHead`, or a rule is not met.
   */
  merge(
    repository: RepositoryRef,
    number: number,
    input: { expectedHead: string; title: string; message: string },
  ): Promise<PullRequest>;
  close(repository: RepositoryRef, number: number): Promise<PullRequest>;

  reviews(
    repository: RepositoryRef,
    number: number,
  ): Promise<PullRequestReview[]>;
  checks(repository: RepositoryRef, commit: string): Promise<CommitCheck[]>;
  /** Writes a comment of ours, or the one anew that has the marker: an HTML comment that stays invisible. */
  comment(
    repository: RepositoryRef,
    number: number,
    input: { marker: string; body: string },
  ): Promise<void>;
  /** Writes what Slipway says of a commit; the last one of a name counts. */
  setCheck(
    repository: RepositoryRef,
    commit: string,
    check: CommitCheck,
  ): Promise<void>;

  /** Makes the repository (private) when it isn't there; empty, its first commit comes over Git. */
  ensureRepository(
    repository: RepositoryRef,
    options: { description?: string },
  ): Promise<{ created: boolean }>;

  /** Installs the webhook for pushes and pull requests, or brings the one of the same URL up to date. */
  ensureWebhook(
    repository: RepositoryRef,
    webhook: { url: string; secret: string },
  ): Promise<InstalledWebhook>;
  /** Has the host deliver something to it now. */
  pingWebhook(repository: RepositoryRef, id: string): Promise<void>;
  /** Removes the webhook of this URL; nothing when there is none. */
  removeWebhook(repository: RepositoryRef, url: string): Promise<void>;

  /** Each host with credentials, as its last answer to this process said. */
  rateLimits(): HostLimit[];
}

/**
 * News of a repository, of a delivery that has been verified.
 * @public
 */
export interface RepositoryNews {
  /** Clone URL or page; any spelling that the host uses. */
  repository: string;
}
