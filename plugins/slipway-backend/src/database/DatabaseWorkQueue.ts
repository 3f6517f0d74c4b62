import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { BackoffSettings, backoffMs } from '../domain/backoff';
import type { Lease, Outcome, QueueItem, WorkQueue } from '../ports/WorkQueue';
import type { DatabaseContext } from './context';
import {
  buryKey,
  claimKeys,
  countKeys,
  extendLease,
  finishKey,
  holdLease,
  listKeys,
  markKeys,
  QueueState,
  QueueStats,
  releaseKey,
  replayKeys,
  requeueKey,
  retryKey,
} from './operations/queue';
import { DatabaseClock, databaseClock } from './time';
import { DatabaseTransactions } from './transactions';

/** Settings of the queue. */
export interface WorkQueueSettings {
  /** How long a lease lasts without a heartbeat. */
  leaseMs: number;
  /** Failed runs in a row after which a key becomes a dead letter. */
  maxAttempts: number;
  backoff: BackoffSettings;
}

/** Defaults of {@link WorkQueueSettings}. */
export const DEFAULT_QUEUE_SETTINGS: WorkQueueSettings = {
  // Long enough for a slow database or a long garbage collection, short enough that a lost process is noticed while
  // somebody still looks at the page.
  leaseMs: 30_000,
  // With the backoff below: about an hour of trying.
  maxAttempts: 20,
  backoff: { baseMs: 1_000, maxMs: 5 * 60_000 },
};

/** {@link WorkQueue} in the table `queue_items`. */
export class DatabaseWorkQueue implements WorkQueue {
  static create(options: {
    db: Knex;
    settings?: Partial<WorkQueueSettings>;
    clock?: DatabaseClock;
    random?: () => number;
  }): DatabaseWorkQueue {
    const settings = { ...DEFAULT_QUEUE_SETTINGS, ...options.settings };
    return new DatabaseWorkQueue(
      options.db,
      settings,
      options.clock ?? databaseClock,
      options.random ?? Math.random,
    );
  }

  private readonly listeners = new Set<() => void>();

  private constructor(
    private readonly db: Knex,
    private readonly settings: WorkQueueSettings,
    private readonly clock: DatabaseClock,
    private readonly random: () => number,
  ) {}

  async mark(
    keys: string[],
    options: { delayMs?: number; trx?: unknown } = {},
  ): Promise<void> {
    if (keys.some(key => key === ''))
      throw new InputError(
        'An empty key can not be queued; name what is to be reconciled.',
      );
    if (keys.length === 0) return;
    const delayMs = options.delayMs ?? 0;
    if (options.trx) {
      const trx = options.trx as Knex.Transaction;
      await markKeys({ db: trx, clock: this.clock }, keys, delayMs);
      // A rolled back transaction has marked nothing; its error goes to whoever runs it.
      if (delayMs === 0)
        trx.executionPromise.then(() => this.notify()).catch(() => {});
    } else {
      await (keys.length === 1
        ? markKeys(this.context(), keys, delayMs)
        : DatabaseTransactions.create({ db: this.db }).run(trx =>
            markKeys({ db: trx, clock: this.clock }, keys, delayMs),
          ));
      if (delayMs === 0) this.notify();
    }
  }

  async claim(limit: number): Promise<Lease[]> {
    const leases = await claimKeys(this.context(), {
      limit,
      leaseMs: this.settings.leaseMs,
    });
    const runnable: Lease[] = [];
    for (const lease of leases) {
      if (lease.attempts < this.settings.maxAttempts) {
        runnable.push(lease);
      } else {
        await buryKey(
          this.context(),
          lease,
          `The lease of ${lease.key} ended ${lease.attempts} times without an answer: its process stops or hangs. ` +
            'Find the cause in the log of the backend, then replay the key.',
        );
      }
    }
    return runnable;
  }

  heartbeat(lease: Lease): Promise<boolean> {
    return extendLease(this.context(), lease, this.settings.leaseMs);
  }

  complete(lease: Lease, outcome: Outcome): Promise<boolean> {
    switch (outcome.type) {
      case 'done':
        return finishKey(this.context(), lease);
      case 'requeue':
        return requeueKey(this.context(), lease, outcome.afterMs);
      case 'retry': {
        const attempt = lease.attempts + 1;
        if (attempt >= this.settings.maxAttempts)
          return buryKey(this.context(), lease, outcome.error);
        const delayMs = backoffMs(
          attempt,
          this.settings.backoff,
          this.random(),
        );
        return retryKey(this.context(), lease, {
          error: outcome.error,
          delayMs,
        });
      }
      default:
        return buryKey(this.context(), lease, outcome.error);
    }
  }

  release(lease: Lease): Promise<boolean> {
    return releaseKey(this.context(), lease);
  }

  holds(lease: Lease, trx: unknown): Promise<boolean> {
    return holdLease(trx as Knex.Transaction, lease);
  }

  stats(): Promise<QueueStats> {
    return countKeys(this.context());
  }

  list(filter: { state: QueueState; limit: number }): Promise<QueueItem[]> {
    return listKeys(this.context(), filter);
  }

  async replay(keys: string[]): Promise<number> {
    const replayed = await replayKeys(this.context(), keys);
    if (replayed > 0) this.notify();
    return replayed;
  }

  onMarked(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private context(): DatabaseContext {
    return { db: this.db, clock: this.clock };
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}
