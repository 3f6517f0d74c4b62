import { ServiceUnavailableError } from '@backstage/errors';
import {
  ChangeComment,
  ChangeState,
  CommitInput,
  FileChange,
  FileDiff,
  GitAuthor,
  GitHost,
  HostedChange,
  MergeChangeInput,
  OpenChangeInput,
  PullRequestHost,
  RepositoryRef,
  TreeEntry,
  TreeFile,
} from '@slipway/plugin-slipway-node';
import { ChangeStore } from '../ports/ChangeStore';
import { PullRequests } from '../ports/PullRequests';
import { branchRef, type BranchStart, headOf, startOf } from './branches';
import { createLocalRepository } from './ensureRepository';
import { explained, RefMovedError } from './errors';
import { GitRepository } from './GitRepository';
import { refreshLocalClone } from './localClone';
import { GitCredentials, parseLocation } from './location';
import { assertBranch, assertCommit, assertPath } from './names';
import {
  listTree,
  LoggedCommit,
  readLog,
  readTree,
  requireCommit,
  treeOf,
} from './objects';
import { ChangesOfHosts } from './hosted/ChangesOfHosts';
import { GitTools } from './GitTools';
import { RepositoryAccess } from './RepositoryAccess';
import { backoffMs, Pauses, realPauses } from './retry';
import {
  assertFiles,
  pendingFiles,
  Trailers,
  writeCommit,
} from './writeObjects';

/** A spec is some kilobytes; what is larger is told as such instead of filling the memory. */
const DEFAULT_MAX_BYTES_PER_FILE = 1024 * 1024;
/** How often a commit without an expected head is put on a head that moved meanwhile. */
const MAX_COMMIT_ATTEMPTS = 8;
/** `git merge-tree --write-tree` came with 2.38; Debian 12 has 2.39. */
const OLDEST_GIT = [2, 38];

/**
 * How the host for plain Git is set up.
 * @internal
 */
export interface PlainGitHostOptions {
  /** Where the change requests are kept. */
  changes: ChangeStore;
  /** Folder for mirrors of remote repositories; may be deleted at any time. */
  cacheDir: string;
  /** Folders below which repositories on disk may lie. No repository on disk elsewhere is ever touched. */
  localRoots: string[];
  /** `host[:port]` of allowed remotes; any when absent. */
  remoteHosts?: string[];
  /** Credentials for an http(s) URL that holds none itself, where no host below has any. */
  credentials?: (url: string) => Promise<GitCredentials | undefined>;
  /** Hosts that keep pull requests beside Git; the portal itself keeps the changes of all other repositories. */
  pullRequestHosts?: PullRequestHost[];
  /** Committer of every commit, and author where nobody asked. */
  identity?: GitAuthor;
  /** Dates of commits. */
  clock?: () => Date;
  pauses?: Pauses;
  gitBinary?: string;
}

/** Who Slipway is in commits. */
export const SLIPWAY_IDENTITY: GitAuthor = {
  name: 'Slipway',
  email: 'slipway@slipway.dev',
};

/**
 * Git without a host around it: bare repositories on disk, and any server that speaks Git over http(s) or ssh. The
 * portal itself holds the change requests. Works with plumbing commands on bare repositories; there never is a work
 * tree.
 * @internal
 */
export class PlainGitHost implements GitHost {
  readonly type = 'plain';
  readonly #git: GitTools;
  readonly #access: RepositoryAccess;
  readonly #changes: ChangesOfHosts;
  readonly #committer: GitAuthor;
  readonly #clock: () => Date;
  readonly #pauses: Pauses;

  private constructor(
    git: GitTools,
    private readonly options: PlainGitHostOptions,
  ) {
    this.#git = git;
    const { pullRequestHosts = [] } = options;
    this.#access = new RepositoryAccess({
      ...options,
      git,
      credentials: async url =>
        (await pullRequestHosts
          .find(host => host.supports(url))
          ?.credentials(url)) ?? options.credentials?.(url),
    });
    this.#committer = options.identity ?? SLIPWAY_IDENTITY;
    this.#clock = options.clock ?? (() => new Date());
    this.#pauses = options.pauses ?? realPauses;
    this.#changes = new ChangesOfHosts({
      store: options.changes,
      hosts: pullRequestHosts,
      open: url => this.#access.open(url),
      committer: this.#committer,
      clock: this.#clock,
      pauses: this.#pauses,
    });
  }

  /** Fails when there is no usable git, so that a start says so and not the first commit. */
  static async create(options: PlainGitHostOptions): Promise<PlainGitHost> {
    const git = new GitTools({ binary: options.gitBinary });
    const version = await explained('the check of the installed Git', () =>
      git.process.text(['version']),
    );
    const [major, minor] = (/(\d+)\.(\d+)/.exec(version) ?? [])
      .slice(1)
      .map(Number);
    if (!(
      major > OLDEST_GIT[0] ||
      (major === OLDEST_GIT[0] && minor >= OLDEST_GIT[1])
    )) {
      throw new ServiceUnavailableError(
        `"${version}" is too old: Slipway needs Git ${OLDEST_GIT.join('.')} or newer on the PATH.`,
      );
    }
    return new PlainGitHost(git, options);
  }

  supports(url: string): boolean {
    try {
      return this.#access.allows(parseLocation(url));
    } catch {
      return false;
    }
  }

  async head(repository: RepositoryRef): Promise<string | undefined> {
    return headOf(await this.#fresh(repository), repository.branch);
  }

  async readFiles(
    repository: RepositoryRef,
    options: { commit: string; prefixes?: string[]; maxBytesPerFile?: number },
  ): Promise<TreeFile[]> {
    const local = await this.#at(repository, options.commit);
    return readTree(local, options.commit, {
      prefixes: options.prefixes,
      maxBytesPerFile: options.maxBytesPerFile ?? DEFAULT_MAX_BYTES_PER_FILE,
    });
  }

  async listFiles(
    repository: RepositoryRef,
    options: { commit: string; prefixes?: string[] },
  ): Promise<TreeEntry[]> {
    const local = await this.#at(repository, options.commit);
    const entries = await listTree(local, options.commit, options.prefixes);
    return entries.map(({ path, blob, mode }) => ({ path, blob, mode }));
  }

  async readFile(
    repository: RepositoryRef,
    options: { commit: string; path: string },
  ): Promise<TreeFile | undefined> {
    assertPath(options.path);
    const files = await this.readFiles(repository, {
      commit: options.commit,
      prefixes: [options.path],
    });
    return files.find(file => file.path === options.path);
  }

  async log(
    repository: RepositoryRef,
    options: { from?: string; to?: string; path?: string; limit: number },
  ): Promise<LoggedCommit[]> {
    if (options.path !== undefined) assertPath(options.path);
    const local = options.to
      ? await this.#at(repository, options.to)
      : await this.#fresh(repository);
    if (options.from) await requireCommit(local, options.from);
    const to = options.to ?? (await headOf(local, repository.branch));
    return to ? readLog(local, { ...options, to }) : [];
  }

  /**
   * Survives a writer that is faster: with `expectedHead` it is told (`ConflictError`), without, the files are put on
   * the new head, a counted number of times.
   */
  async commit(
    input: CommitInput,
  ): Promise<{ commit: string; changed: boolean }> {
    assertBranch(input.repository.branch);
    assertFiles(input.files);
    const local = await this.#access.open(input.repository.url);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#refreshUnlessAt(
          local,
          input.repository.branch,
          input.expectedHead,
        );
        const start = await startOf(local, input);
        const { head } = start;
        if (
          input.expectedHead !== undefined &&
          input.expectedHead !== (head ?? null)
        ) {
          throw new RefMovedError(
            `The branch "${input.repository.branch}" of ${local.where} stands at ${head ?? 'no commit'} and not at ` +
              `${input.expectedHead ?? 'no commit'} any more. Read it again and repeat.`,
          );
        }
        return await this.#commitOn(local, start, input);
      } catch (error) {
        const again =
          error instanceof RefMovedError && input.expectedHead === undefined;
        if (!again || attempt >= MAX_COMMIT_ATTEMPTS) throw error;
        await this.#pauses.sleep(backoffMs(attempt, this.#pauses.random));
      }
    }
  }

  async openChange(input: OpenChangeInput): Promise<HostedChange> {
    return this.#changes.of(input.repository).open(input);
  }

  async getChange(
    repository: RepositoryRef,
    id: string,
  ): Promise<HostedChange> {
    return this.#changes.of(repository).get(repository, id);
  }

  async listChanges(
    repository: RepositoryRef,
    filter?: { state?: ChangeState },
  ): Promise<HostedChange[]> {
    return this.#changes.of(repository).list(repository, filter);
  }

  async diffChange(repository: RepositoryRef, id: string): Promise<FileDiff[]> {
    return this.#changes.of(repository).diff(repository, id);
  }

  async previewMerge(
    repository: RepositoryRef,
    id: string,
  ): Promise<{
    base: string;
    head: string;
    files: FileChange[];
    conflicts: string[];
  }> {
    return this.#changes.of(repository).preview(repository, id);
  }

  async mergeChange(
    repository: RepositoryRef,
    id: string,
    input: MergeChangeInput,
  ): Promise<HostedChange> {
    return this.#changes.of(repository).merge(repository, id, input);
  }

  async closeChange(
    repository: RepositoryRef,
    id: string,
  ): Promise<HostedChange> {
    return this.#changes.of(repository).close(repository, id);
  }

  async listComments(
    repository: RepositoryRef,
    id: string,
  ): Promise<ChangeComment[]> {
    return this.#changes.of(repository).listComments(repository, id);
  }

  async addComment(
    repository: RepositoryRef,
    id: string,
    comment: { author: string; body: string; verdict?: 'approved' },
  ): Promise<ChangeComment> {
    return this.#changes.of(repository).addComment(repository, id, comment);
  }

  /** Pull requests of the hosts that keep such. */
  get pullRequests(): PullRequests {
    return this.#changes.pullRequests;
  }

  /**
   * Safe to call at every start, by several at once. A repository on disk is created whole or not at all; one at a host
   * with pull requests is made there when it is missing; any other must be there. It gets its first commit when it has
   * none.
   */
  async ensureRepository(input: {
    repository: RepositoryRef;
    files: FileChange[];
    message: string;
    gitAuthor: GitAuthor;
  }): Promise<{ commit: string; created: boolean }> {
    const { url, branch } = input.repository;
    assertBranch(branch);
    assertFiles(input.files);
    const location = parseLocation(url);
    await this.options.pullRequestHosts
      ?.find(host => host.supports(url))
      ?.ensureRepository(input.repository, {});
    const local = await this.#access.open(url);
    if (location.kind === 'local') {
      let commit = '';
      const { created } = await createLocalRepository({
        git: this.#git,
        folder: location.path,
        branch,
        firstCommit: async fresh => {
          commit = await this.#writeCommit(fresh, undefined, {
            ...input,
            trailers: {},
          });
          return commit;
        },
      });
      if (created) return { commit, created };
    }
    await local.refresh();
    const head = await headOf(local, branch);
    if (head) return { commit: head, created: false };
    try {
      const { commit } = await this.commit({
        ...input,
        trailers: {},
        expectedHead: null,
      });
      return { commit, created: true };
    } catch (error) {
      // Somebody else wrote the first commit in this moment; then there is one, which is all that was asked for.
      const theirs =
        error instanceof RefMovedError
          ? await this.head(input.repository)
          : undefined;
      if (theirs) return { commit: theirs, created: false };
      throw error;
    }
  }

  /**
   * Makes the folder a bare clone of the branch, or brings it up to date without touching what was not pushed yet. The
   * folder has to lie in one of the local roots.
   */
  async refreshClone(from: RepositoryRef, folder: string): Promise<void> {
    assertBranch(from.branch);
    await this.#access.assertAllowed(parseLocation(folder));
    const source = await this.#access.open(from.url);
    await explained(`the repository ${folder}`, () =>
      refreshLocalClone({
        git: this.#git,
        source,
        url: parseLocation(from.url).url,
        branch: from.branch,
        folder,
      }),
    );
  }

  /**
   * Packs the loose objects that plumbing leaves behind, when there are many. To be called now and then (once a day is
   * plenty); readers and writers may go on meanwhile.
   */
  async maintain(repository: RepositoryRef): Promise<void> {
    const local = await this.#fresh(repository);
    await local.run(['gc', '--auto', '--quiet'], { timeoutMs: 15 * 60_000 });
  }

  /** Ends what stays between two acts; what is asked of the host afterwards starts it anew. */
  close(): void {
    this.#git.close();
  }

  async #commitOn(
    local: GitRepository,
    { head, from }: BranchStart,
    input: CommitInput,
  ): Promise<{ commit: string; changed: boolean }> {
    const ref = branchRef(input.repository.branch);
    const commit = await this.#writeCommit(local, from, input);
    if (commit === from) return { commit, changed: false };
    await local.updateRefs([{ ref, from: head ?? null, to: commit }]);
    return { commit, changed: true };
  }

  /** The head itself when the files already say so. */
  async #writeCommit(
    local: GitRepository,
    head: string | undefined,
    input: {
      files: FileChange[];
      message: string;
      gitAuthor: GitAuthor;
      trailers: Trailers;
    },
  ): Promise<string> {
    const pending = await pendingFiles(local, head ?? null, input.files);
    if (head && pending.length === 0) return head;
    return writeCommit(local, {
      baseTree: head ? await treeOf(local, head) : null,
      files: pending,
      parents: head ? [head] : [],
      message: input.message,
      trailers: input.trailers,
      author: input.gitAuthor,
      committer: this.#committer,
      at: this.#clock(),
    });
  }

  async #fresh(repository: RepositoryRef): Promise<GitRepository> {
    assertBranch(repository.branch);
    const local = await this.#access.open(repository.url);
    await local.refresh();
    return local;
  }

  /** The repository with the commit in it; a mirror is fetched only when it lacks the commit. */
  async #at(repository: RepositoryRef, commit: string): Promise<GitRepository> {
    assertCommit(commit);
    const local = await this.#access.open(repository.url);
    await explained(local.where, () => requireCommit(local, commit));
    return local;
  }

  /** Where a mirror already stands at the expected head, the push itself is the check, and a fetch can be saved. */
  async #refreshUnlessAt(
    local: GitRepository,
    branch: string,
    expected: string | null | undefined,
  ): Promise<void> {
    if (
      expected &&
      (await headOf(local, branch).catch(() => undefined)) === expected
    )
      return;
    await local.refresh();
  }
}
