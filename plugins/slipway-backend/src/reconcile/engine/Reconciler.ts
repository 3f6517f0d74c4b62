import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Transaction } from '../../ports/Transaction';
import type { Lease, Outcome } from '../../ports/WorkQueue';

/** What a run knows of itself. */
export interface ReconcileContext {
  readonly key: string;
  /** The database's time at the claim: the one clock of this run. */
  readonly now: Date;
  /** Fences writes to the stores. */
  readonly lease: Lease;
  /** Aborts when the lease is lost or the process shuts down. */
  readonly signal: AbortSignal;
  readonly logger: LoggerService;
  /**
   * Takes one idempotent step. The lease is checked right before it, so that a process that was frozen does nothing
   * more: `LeaseLostError`, which must not be caught. The process may stop before and after every step.
   *
   * A step that many runs share, and that none of them can speed up, is `parked`: it keeps no worker. A step is `fenced`
   * that does nothing but write to the stores in transactions which hold the lease themselves: asking for it before
   * would prove nothing more. A step is a `part` that goes on with what the step right before it began: for it the clock
   * of this process is enough, as between the objects of one step.
   */
  step<T>(
    name: string,
    work: () => Promise<T>,
    options?: { parked?: boolean; fenced?: boolean; part?: boolean },
  ): Promise<T>;
  /**
   * Checked between the parts of a step that changes many things: throws what the signal aborts with when the lease has
   * ended by the clock of this process. Asks nobody.
   */
  assertHeld(): void;
  /** Keeps the lease until the transaction ends; `LeaseLostError` when it was lost. */
  fence(trx: Transaction): Promise<void>;
}

/**
 * Brings the world closer to what is declared, for keys `<prefix>:…`. It gets a key, never an event, and looks at
 * everything anew: observe, decide, act, record. It waits by asking to be called again, never by blocking.
 */
export interface Reconciler {
  /** What stands before the first colon of its keys. */
  readonly prefix: string;
  reconcile(context: ReconcileContext): Promise<Outcome>;
}
