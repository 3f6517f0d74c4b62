import { InputError } from '@backstage/errors';
import { GitAuthor, GitHost } from '@slipway/plugin-slipway-node';
import { GitWriter, WriteRequest, WriteResult } from '../ports/GitWriter';
import { repositoryKey } from './location';
import { assertBranch } from './names';
import { SLIPWAY_IDENTITY } from './PlainGitHost';
import { Pauses, realPauses } from './retry';
import { assertRequest } from './writeBatch';
import { BatchLimits, Pace, WriterLane } from './WriterLane';

/**
 * How a writer is set up.
 * @internal
 */
export interface BatchingGitWriterOptions {
  /** The first one that supports a repository's URL writes to it. */
  hosts: GitHost[];
  /** Author of a commit that several asked for. */
  slipway?: GitAuthor;
  limits?: Partial<BatchLimits>;
  /** Whether commits wait for company while a branch is busy; they don't when absent. */
  pace?: Pace;
  /** How often a commit is tried when the branch moves or the host can't be reached. */
  maxAttempts?: number;
  pauses?: Pauses;
}

/** A thousand changes make five commits; a commit that a person opens still lists them on some pages. */
const DEFAULT_LIMITS: BatchLimits = { requests: 200, bytes: 16 * 1024 * 1024 };
const DEFAULT_MAX_ATTEMPTS = 10;

/**
 * One writer a repository and branch in this process, which puts everything that waits into one commit. Writers of other
 * processes are met by compare-and-swap. Keeps nothing but promises: after a crash the callers ask again, and what was
 * written already is found unchanged.
 * @internal
 */
export class BatchingGitWriter implements GitWriter {
  readonly #lanes = new Map<string, WriterLane>();

  private constructor(private readonly options: BatchingGitWriterOptions) {}

  static create(options: BatchingGitWriterOptions): BatchingGitWriter {
    return new BatchingGitWriter(options);
  }

  async write(request: WriteRequest): Promise<WriteResult> {
    assertRequest(request);
    return this.#lane(request).write(request);
  }

  depth(): number {
    return [...this.#lanes.values()].reduce(
      (sum, lane) => sum + lane.depth(),
      0,
    );
  }

  /** Resolves when everything that was asked for is written or refused; for an orderly shutdown. */
  async drain(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map(lane => lane.idle()));
  }

  #lane({ repository }: WriteRequest): WriterLane {
    assertBranch(repository.branch);
    const key = JSON.stringify([
      repositoryKey(repository.url),
      repository.branch,
    ]);
    let lane = this.#lanes.get(key);
    if (!lane) {
      const host = this.options.hosts.find(it => it.supports(repository.url));
      if (!host) {
        throw new InputError(
          `No Git host is configured for ${repositoryKey(repository.url)}; there are: ` +
            `${this.options.hosts.map(it => it.type).join(', ') || 'none'}. Correct the URL, or configure its host.`,
        );
      }
      lane = new WriterLane({
        host,
        repository,
        limits: { ...DEFAULT_LIMITS, ...this.options.limits },
        maxAttempts: this.options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
        slipway: this.options.slipway ?? SLIPWAY_IDENTITY,
        pauses: this.options.pauses ?? realPauses,
        ...(this.options.pace && { pace: this.options.pace }),
      });
      this.#lanes.set(key, lane);
    }
    return lane;
  }
}
