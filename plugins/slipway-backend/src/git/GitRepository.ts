import { GitProcess, GitRunOptions, GitRunResult } from './process';
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
  /** All or nothing, each ref only from the value it is expected to have; otherwise `RefMovedError`. */
  updateRefs(updates: RefUpdate[]): Promise<void>;
  run(args: string[], options?: GitRunOptions): Promise<GitRunResult>;
}

/** What both kinds of repository share: running git in it, with its errors explained. */
export abstract class BaseGitRepository implements GitRepository {
  protected constructor(
    protected readonly git: GitProcess,
    readonly gitDir: string,
    readonly where: string,
  ) {}

  abstract refresh(): Promise<void>;
  abstract updateRefs(updates: RefUpdate[]): Promise<void>;

  async run(
    args: string[],
    options: GitRunOptions = {},
  ): Promise<GitRunResult> {
    try {
      return await this.git.run(args, { ...options, gitDir: this.gitDir });
    } catch (error) {
      await removeRemains(this.gitDir, error);
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
