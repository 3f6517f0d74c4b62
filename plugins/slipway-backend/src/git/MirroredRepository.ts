import { createHash, randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { explain, explained, isDamaged, isLocked } from './errors';
import { BaseGitRepository, RefUpdate } from './GitRepository';
import { GitCredentials, RepositoryLocation } from './location';
import { GitTools } from './GitTools';
import { GitRunOptions } from './process';

/** A clone of a big repository over a slow line; beyond it something hangs. */
const REMOTE_TIMEOUT_MS = 180_000;

/** Only what Slipway works with: pull refs and notes of a host would make every fetch longer. */
const REFSPECS = [
  '+refs/heads/*:refs/heads/*',
  '+refs/slipway/*:refs/slipway/*',
];

/** What was read so short a time ago is not asked for again by those who only show it. */
const RECENT_MS = 5_000;
/** A mirror that was read longer ago, as after a night, says too little to be shown first. */
const SHOWABLE_MS = 10 * 60_000;

type RemoteLocation = Extract<RepositoryLocation, { kind: 'remote' }>;

/**
 * A repository behind http(s) or ssh, through a bare mirror in a cache folder. The remote is the truth: the mirror may
 * be deleted at any time and builds itself again.
 */
export class MirroredRepository extends BaseGitRepository {
  /** The fetch that runs, and the one that everybody who came after its start waits for. */
  #running?: Promise<void>;
  #next?: Promise<void>;
  /** When a fetch that succeeded had begun, by a clock that nobody sets back. */
  #readAt = -Infinity;

  private constructor(
    git: GitTools,
    gitDir: string,
    private readonly location: RemoteLocation,
    private readonly credentials: () => Promise<GitCredentials | undefined>,
  ) {
    super(git, gitDir, `the repository ${location.url}`);
  }

  static create(options: {
    git: GitTools;
    cacheDir: string;
    location: RemoteLocation;
    credentials: () => Promise<GitCredentials | undefined>;
  }): MirroredRepository {
    const name = createHash('sha256')
      .update(options.location.key)
      .digest('hex')
      .slice(0, 32);
    const gitDir = path.join(options.cacheDir, `${name}.git`);
    return new MirroredRepository(
      options.git,
      gitDir,
      options.location,
      options.credentials,
    );
  }

  /**
   * Fetches. Callers at the same time share a fetch, but never one that had begun before they asked: it may have read
   * the remote's refs before the change that the caller knows of.
   */
  async refresh(): Promise<void> {
    if (!this.#running) {
      this.#running = this.#fetch().finally(() => {
        this.#running = undefined;
      });
      return this.#running;
    }
    this.#next ??= this.#running
      .catch(() => {
        // Its own callers were told.
      })
      .then(() => {
        this.#next = undefined;
        return this.refresh();
      });
    return this.#next;
  }

  async catchUp(needed?: string): Promise<void> {
    const age = performance.now() - this.#readAt;
    if (age > SHOWABLE_MS || (needed && !(await this.look(needed)))) {
      return this.refresh();
    }
    if (age > RECENT_MS) {
      this.refresh().catch(() => {
        // Who acts is told; what is shown says how old it is.
      });
    }
    return undefined;
  }

  /**
   * A branch moves forward by an ordinary push, which the server takes only as a fast-forward from where the branch
   * stands: that is the compare-and-swap, as what we push always descends from what we expect. Creating and deleting
   * have no such rule in Git, so these two carry the expected value as a lease. `--atomic` makes it all or nothing.
   */
  async updateRefs(updates: RefUpdate[]): Promise<void> {
    const pushed = updates.filter(update => update.from !== update.to);
    if (pushed.length === 0) return;
    const leases = pushed
      .filter(({ from, to }) => from === null || to === null)
      .map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ''}`);
    const refspecs = pushed.map(({ ref, to }) => `${to ?? ''}:${ref}`);
    await explained(this.where, async () => {
      await this.#remote([
        'push',
        '--no-verify',
        '--atomic',
        ...leases,
        this.location.url,
        ...refspecs,
      ]);
    });
    // The remote has it; here it only saves the next fetch. A concurrent fetch may have written the same already.
    await this.run(['update-ref', '--stdin'], {
      input: pushed
        .map(({ ref, to }) =>
          to === null ? `delete ${ref}\n` : `update ${ref} ${to}\n`,
        )
        .join(''),
    }).catch(() => this.refresh());
  }

  async #fetch(): Promise<void> {
    const begun = performance.now();
    await this.#fetchWhole();
    this.#readAt = begun;
  }

  async #fetchWhole(): Promise<void> {
    try {
      await this.#ensureMirror();
      await this.#fetchOnce();
    } catch (error) {
      if (!isDamaged(error) && !isLocked(error))
        throw explain(error, this.where);
      // A cache that a crash left damaged or locked is worth nothing: away with it, and once more from the start.
      await explained(this.where, async () => {
        await this.#discardMirror();
        await this.#ensureMirror();
        await this.#fetchOnce();
      });
    }
  }

  async #fetchOnce(): Promise<void> {
    await this.#remote([
      'fetch',
      '--quiet',
      '--prune',
      '--no-tags',
      '--no-write-fetch-head',
      this.location.url,
      ...REFSPECS,
    ]);
  }

  async #ensureMirror(): Promise<void> {
    try {
      await fs.access(path.join(this.gitDir, 'HEAD'));
      return;
    } catch {
      // Not there yet: it is made aside and moved in whole, so that a crash leaves no half of it.
    }
    await fs.mkdir(path.dirname(this.gitDir), { recursive: true, mode: 0o700 });
    const temporary = `${this.gitDir}.${randomUUID()}`;
    try {
      await this.git.process.run([
        'init',
        '--quiet',
        '--bare',
        '--template=',
        temporary,
      ]);
      await fs.rename(temporary, this.gitDir);
    } catch (error) {
      await fs.rm(temporary, { recursive: true, force: true });
      const code = (error as NodeJS.ErrnoException).code;
      // Another process was faster with the same mirror.
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    }
  }

  async #discardMirror(): Promise<void> {
    const trash = `${this.gitDir}.${randomUUID()}`;
    await fs.rename(this.gitDir, trash);
    await fs.rm(trash, { recursive: true, force: true });
  }

  async #remote(args: string[]): Promise<void> {
    const credentials = await this.credentials();
    await this.git.process.run(args, {
      ...authorize(credentials),
      gitDir: this.gitDir,
      timeoutMs: REMOTE_TIMEOUT_MS,
    });
  }
}

/** Through the environment and not as an argument: the arguments of a process are readable for everybody. */
function authorize(
  credentials: GitCredentials | undefined,
): Pick<GitRunOptions, 'env' | 'secrets'> {
  if (!credentials) return {};
  const basic = Buffer.from(
    `${credentials.username}:${credentials.password}`,
  ).toString('base64');
  return {
    env: {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraHeader',
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
    },
    // Some hosts take a token in place of the user's name, with nothing behind it.
    secrets: [
      credentials.password || credentials.username,
      basic,
      encodeURIComponent(credentials.password),
    ],
  };
}
