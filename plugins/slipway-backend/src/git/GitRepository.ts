import { GitTools } from './GitTools';
import { ObjectInfo } from './ObjectReader';
import { GitRunOptions, GitRunResult } from './process';
import { explain } from './errors';
import { removeRemains } from './remains';

/** Git takes forty zeros for "no such ref" in repositories of either hash. */
const ZERO = '0'.repeat(40);

/** One step of a compare-and-swap. `null` means "does not exist". */
export interface RefUpdate {
  ref: string;
  from: string | null;
  to: string | null;
}

/**
 * A bare repository on this machine that commands can work on: the repository itself, or the mirror of a remote one.
 * The difference between the two is in `refresh` and `updateRefs` alone.
 */
export interface GitRepository {
  readonly gitDir: string;
  /** How errors name it; free of secrets. */
  readonly where: string;
  /** Makes refs and objects here what they are at the truth. Throws when that can't be reached. */
  refresh(): Promise<void>;
  /**
   * For whoever only shows what is here: waits for the truth when that was never read, or when this commit is missing;
   * else it is read beside, for whoever looks next. No page waits for a remote.
   */
  catchUp(needed?: string): Promise<void>;
  /** All or nothing, each ref only from the value it is expected to have; otherwise `RefMovedError`. */
  updateRefs(updates: RefUpdate[]): Promise<void>;
  run(args: string[], options?: GitRunOptions): Promise<GitRunResult>;
  /**
   * The same for a command whose answer depends only on the objects that its arguments name by full id. It is kept, and
   * who asks for it while it runs waits for the same run.
   */
  runPure(args: string[], options?: PureOptions): Promise<GitRunResult>;
  /** What a revision names now; undefined when it isn't there. Starts no process. */
  look(revision: string): Promise<ObjectInfo | undefined>;
  /** The content of an object; undefined when it isn't there. Starts no process. */
  content(id: string): Promise<Buffer | undefined>;
}

/** How a run whose answer is kept may differ. */
export interface PureOptions {
  allow?: number[];
  /** The command writes objects that its answer names: it is shared while it runs, and not kept. */
  writes?: boolean;
}

/** What both kinds of repository share: running git in it, with its errors explained. */
export abstract class BaseGitRepository implements GitRepository {
  protected constructor(
    protected readonly git: GitTools,
    readonly gitDir: string,
    readonly where: string,
  ) {}

  abstract refresh(): Promise<void>;
  abstract catchUp(needed?: string): Promise<void>;
  abstract updateRefs(updates: RefUpdate[]): Promise<void>;

  async run(
    args: string[],
    options: GitRunOptions = {},
  ): Promise<GitRunResult> {
    try {
      return await this.git.process.run(args, {
        ...options,
        gitDir: this.gitDir,
      });
    } catch (error) {
      await removeRemains(this.gitDir, error);
      throw explain(error, this.where);
    }
  }

  async runPure(
    args: string[],
    { allow, writes = false }: PureOptions = {},
  ): Promise<GitRunResult> {
    assertPure(args);
    const key = JSON.stringify([this.gitDir, ...args]);
    const kept = this.git.results.get(key);
    if (kept) return kept;
    const result = await this.git.shared(key, () => this.run(args, { allow }));
    if (!writes) this.git.results.set(key, result);
    return result;
  }

  async look(revision: string): Promise<ObjectInfo | undefined> {
    return this.#asked(() => this.git.readers.of(this.gitDir).info(revision));
  }

  async content(id: string): Promise<Buffer | undefined> {
    return this.#asked(() => this.git.readers.of(this.gitDir).contents(id));
  }

  /** A reader may have ended since it was asked last, with the repository or by itself; a second one then knows. */
  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask().catch(ask);
    } catch (error) {
      throw explain(error, this.where);
    }
  }

  /** One transaction over refs that are here. */
  protected async updateLocalRefs(updates: RefUpdate[]): Promise<void> {
    const commands = updates.map(({ ref, from, to }) => {
      if (to === null) {
        return from === null
          ? `verify ${ref} ${ZERO}`
          : `delete ${ref} ${from}`;
      }
      if (from === to) return `verify ${ref} ${to}`;
      return from === null
        ? `create ${ref} ${to}`
        : `update ${ref} ${to} ${from}`;
    });
    await this.run(['update-ref', '--stdin'], {
      input: ['start', ...commands, 'prepare', 'commit', ''].join('\n'),
    });
  }
}

const OPTION = /^-/;
const FULL_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** A branch names something else tomorrow; only ids may stand behind the command. */
function assertPure([command, ...args]: string[]): void {
  const moving = args.find(arg => !OPTION.test(arg) && !FULL_ID.test(arg));
  if (moving !== undefined) {
    throw new TypeError(
      `The answer of git ${command} can't be kept: "${moving}" is no full id of an object.`,
    );
  }
}
