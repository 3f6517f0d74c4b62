/** A claimed key. Everything done with it is fenced by `leaseToken`. */
export interface Lease {
  key: string;
  /** Changes whenever the key is marked again; completing an old ticket keeps the new work. */
  ticket: string;
  leaseToken: string;
  attempts: number;
  /** The database's time at the claim: the clock of this run. */
  now: Date;
}

/** How a run ended. */
export type Outcome =
  | { type: 'done' }
  /** Come back then; not an error, attempts are reset. */
  | { type: 'requeue'; afterMs: number }
  /** Errored: will be tried again with backoff, counted. */
  | { type: 'retry'; error: string }
  /** Failed: nothing changes until somebody does something; goes to the dead letters. */
  | { type: 'terminal'; error: string };

export interface QueueItem {
  key: string;
  dueAt: Date;
  attempts: number;
  leasedUntil?: Date;
  lastError?: string;
  deadSince?: Date;
  updatedAt: Date;
}

/** Durable work queue of keys, like controller-runtime's, in two database tables. */
export interface WorkQueue {
  /** Marks keys as due (now, or later). Inside `trx` when given: source and queue change together. */
  mark(
    keys: string[],
    options?: { delayMs?: number; trx?: unknown },
  ): Promise<void>;
  claim(limit: number): Promise<Lease[]>;
  /** Extends the lease; false when it was lost. */
  heartbeat(lease: Lease): Promise<boolean>;
  /** Fenced: returns false when the lease was lost meanwhile and nothing was written. */
  complete(lease: Lease, outcome: Outcome): Promise<boolean>;
  /** Fenced: gives the lease back untouched (a shutdown, not an error); the key is due at once and no attempt is counted. */
  release(lease: Lease): Promise<boolean>;
  /** Whether the lease is still ours; inside `trx` it stays so until the transaction ends, which fences its writes. */
  holds(lease: Lease, trx: unknown): Promise<boolean>;
  /** Calls back when keys were marked as due now in this process, after the commit. Returns the way to stop. */
  onMarked(listener: () => void): () => void;
  stats(): Promise<{
    due: number;
    leased: number;
    waiting: number;
    dead: number;
    oldestDueMs: number;
  }>;
  list(filter: {
    state: 'due' | 'leased' | 'waiting' | 'dead';
    limit: number;
  }): Promise<QueueItem[]>;
  /** Puts dead letters back to due; returns how many. */
  replay(keys: string[]): Promise<number>;
}
