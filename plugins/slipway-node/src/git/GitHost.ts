import type { CommitCheck, PullRequestReview } from './PullRequestHost';

/**
 * A repository and the branch that counts as its truth.
 * @public
 */
export interface RepositoryRef {
  /** Clone URL: `file://`, an absolute path, `https://…` or `ssh://…`. */
  url: string;
  /** The branch whose head is the desired state, e.g. `main`. */
  branch: string;
}

/**
 * Who a commit or an act is attributed to.
 * @public
 */
export interface GitAuthor {
  name: string;
  email: string;
}

/**
 * One file to be written (`content`) or removed (`content: null`).
 * @public
 */
export interface FileChange {
  /** Relative to the repository root, `/`-separated, without `..`. */
  path: string;
  content: string | null;
  /** Git mode; `100644` when absent. */
  mode?: '100644' | '100755';
}

/** A text file at a commit. @public */
export interface TreeFile {
  path: string;
  content: string;
  /** Git blob id. */
  blob: string;
  /**
   * Why `content` is empty although the file is not. A file that can't be read is named all the same, so that nobody
   * takes it for a deleted one.
   */
  omitted?: 'too-large' | 'binary';
}

/**
 * One entry of a tree, without its content.
 * @public
 */
export interface TreeEntry {
  path: string;
  /** Git blob id; of a submodule its commit. */
  blob: string;
  /** `120000` is a symbolic link, `160000` a submodule: neither is ever read through or overwritten. */
  mode: '100644' | '100755' | '120000' | '160000';
}

/**
 * One file of a diff, as unified hunks.
 * @public
 */
export interface FileDiff {
  path: string;
  status: 'added' | 'modified' | 'removed';
  additions: number;
  deletions: number;
  /** Unified diff without the `diff --git` header; empty for binary files. */
  patch: string;
  /** The patch was too long to be shown and is left out; the counts are right. */
  truncated?: true;
}

/** Where a change request stands. @public */
export type ChangeState = 'open' | 'merged' | 'closed';

/**
 * What a host with pull requests says of a change, as it was seen last.
 * @public
 */
export interface HostedPullRequest {
  /** Type of the host, e.g. `gitea`. */
  host: string;
  /** Its number there. */
  number: number;
  /** Its page. */
  url: string;
  reviews: PullRequestReview[];
  checks: CommitCheck[];
  /** RFC 3339: when the host was asked. */
  seenAt: string;
  /** Digest of what Slipway has said of the change at the host. */
  told?: string;
}

/**
 * A change request as its host keeps it: a branch, a title, files.
 * @public
 */
export interface HostedChange {
  /** Stable and unique within the host, usable in a URL. */
  id: string;
  number: number;
  repository: RepositoryRef;
  branch: string;
  title: string;
  description: string;
  state: ChangeState;
  /** Catalog entity ref of who opened it. */
  author: string;
  /** Catalog entity refs of who else has asked for it since; absent where nobody has, and in lists. */
  editors?: string[];
  /** Commit of the target branch that the change was last built on. */
  baseCommit: string;
  headCommit: string;
  mergeCommit?: string;
  /** Page of the change in its own host, when it has one. */
  url?: string;
  /** Its pull request, where its host keeps such; absent until the host has been reached. */
  pullRequest?: HostedPullRequest;
  createdAt: string;
  updatedAt: string;
}

/** A comment or an approval, as its host keeps it. @public */
export interface ChangeComment {
  id: string;
  author: string;
  at: string;
  body: string;
  /** `approved` when the comment is an approval of `headCommit`. */
  verdict?: 'approved';
  headCommit?: string;
}

/** What it takes to open a change request. @public */
export interface OpenChangeInput {
  repository: RepositoryRef;
  /** Deterministic: an open change of the same branch is updated, never doubled. */
  branch: string;
  title: string;
  description: string;
  files: FileChange[];
  /** Catalog entity ref of who asks. */
  author: string;
  gitAuthor: GitAuthor;
  /** Commit trailers, e.g. `Slipway-Idempotency-Key`. */
  trailers: Record<string, string>;
  /** Refuse (ConflictError) when the target branch moved on since the files were made from it, e.g. by `previewMerge`. */
  expectedBase?: string;
  /** Refuse (ConflictError) when the open change of the branch stands elsewhere by now; `null`: when there is one. */
  expectedHead?: string | null;
}

/** What it takes to merge a change request. @public */
export interface MergeChangeInput {
  /** Refuse (ConflictError) when the change moved on since it was looked at. */
  expectedHead?: string;
  /** Refuse (ConflictError) when the target branch moved on since the merge was judged, e.g. by `previewMerge`. */
  expectedBase?: string;
  gitAuthor: GitAuthor;
  message: string;
  trailers: Record<string, string>;
}

/** What it takes to write a commit. @public */
export interface CommitInput {
  repository: RepositoryRef;
  files: FileChange[];
  message: string;
  gitAuthor: GitAuthor;
  /** A key with several values becomes one trailer each. */
  trailers: Record<string, string | string[]>;
  /** Only commit when the branch still stands here (`null`: has no commit yet); otherwise ConflictError. */
  expectedHead?: string | null;
  /**
   * For a branch that may not be there: the commit of the repository at which it begins. A branch whose commits are all
   * in it already goes on from it, too.
   */
  base?: string;
}

/**
 * Port to a Git host. Adapters: plain Git (in slipway-backend) and one backend module each for others.
 *
 * Errors: `NotFoundError` (repository, commit, change), `ConflictError` (with `files` in its message and property),
 * `NotAllowedError` (credentials), `ServiceUnavailableError` (unreachable: the caller tries again later).
 * @public
 */
export interface GitHost {
  /** `plain`, `github`, … */
  readonly type: string;
  /** Whether this host answers for the URL. */
  supports(url: string): boolean;

  /** Head commit of the branch; undefined while the repository has no commit yet. */
  head(repository: RepositoryRef): Promise<string | undefined>;
  /** All text files below the given prefixes at a commit. Throws `NotFoundError` when the repository is gone. */
  readFiles(
    repository: RepositoryRef,
    options: { commit: string; prefixes?: string[]; maxBytesPerFile?: number },
  ): Promise<TreeFile[]>;
  /** Every entry below the prefixes at a commit, without contents: what is there, and whether it changed. */
  listFiles(
    repository: RepositoryRef,
    options: { commit: string; prefixes?: string[] },
  ): Promise<TreeEntry[]>;
  readFile(
    repository: RepositoryRef,
    options: { commit: string; path: string },
  ): Promise<TreeFile | undefined>;
  /** Newest first, `from` excluded. A trailer that a commit has several times comes as its values, one a line. */
  log(
    repository: RepositoryRef,
    options: { from?: string; to?: string; path?: string; limit: number },
  ): Promise<
    Array<{
      commit: string;
      author: GitAuthor;
      /** Who wrote the commit, where that is known: differs from the author after a rebase. */
      committer?: GitAuthor;
      at: string;
      message: string;
      trailers: Record<string, string>;
    }>
  >;

  /** One commit on the branch (its first, where it has none) by compare-and-swap. Returns the head unchanged when the files already say so. */
  commit(input: CommitInput): Promise<{ commit: string; changed: boolean }>;

  /** Opens the change, or updates the open one of the same branch. Safe to call twice. */
  openChange(input: OpenChangeInput): Promise<HostedChange>;
  getChange(repository: RepositoryRef, id: string): Promise<HostedChange>;
  listChanges(
    repository: RepositoryRef,
    filter?: { state?: ChangeState },
  ): Promise<HostedChange[]>;
  /** Diff of the change against the current base. */
  diffChange(repository: RepositoryRef, id: string): Promise<FileDiff[]>;
  /** Files of the change as they would be after a merge into the current base, and the paths that conflict. */
  previewMerge(
    repository: RepositoryRef,
    id: string,
  ): Promise<{
    base: string;
    head: string;
    files: FileChange[];
    conflicts: string[];
  }>;
  mergeChange(
    repository: RepositoryRef,
    id: string,
    input: MergeChangeInput,
  ): Promise<HostedChange>;
  closeChange(repository: RepositoryRef, id: string): Promise<HostedChange>;
  listComments(repository: RepositoryRef, id: string): Promise<ChangeComment[]>;
  addComment(
    repository: RepositoryRef,
    id: string,
    comment: { author: string; body: string; verdict?: 'approved' },
  ): Promise<ChangeComment>;

  /** Creates the repository with these files as its first commit; does nothing when it has a commit already. */
  ensureRepository(input: {
    repository: RepositoryRef;
    files: FileChange[];
    message: string;
    gitAuthor: GitAuthor;
  }): Promise<{ commit: string; created: boolean }>;
}
