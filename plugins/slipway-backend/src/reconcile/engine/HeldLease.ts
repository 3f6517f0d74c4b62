import { LeaseLostError } from '../../ports/LeaseLostError';
import type { Lease, WorkQueue } from '../../ports/WorkQueue';

/** A lease in the hands of this process, with its heartbeat. */
export class HeldLease {
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> | undefined;

  /**
   * @param askedAt - `performance.now()` before the lease was asked for. This process counts from before the question,
   * the database from the answer on, so this process gives up first.
   */
  constructor(
    readonly lease: Lease,
    private readonly queue: WorkQueue,
    private readonly leaseMs: number,
    private askedAt: number,
  ) {
    this.signal = this.controller.signal;
  }

  get lost(): boolean {
    return this.signal.reason instanceof LeaseLostError;
  }

  /** Beats in the background; a third of the lease leaves room for two beats that fail. */
  startBeating(): void {
    this.timer = setInterval(() => {
      this.beating ??= this.beat().finally(() => {
        this.beating = undefined;
      });
    }, this.leaseMs / 3);
    this.timer.unref();
  }

  stopBeating(): void {
    clearInterval(this.timer);
  }

  /**
   * Throws what the signal aborts with when the lease has ended, as far as can be known without asking: a process that
   * was frozen finds out by its clock, before any answer has reached it.
   */
  assertHeld(): void {
    if (performance.now() - this.askedAt >= this.leaseMs) this.lose();
    this.signal.throwIfAborted();
  }

  /** Makes sure, by asking the database, that the lease is ours; throws what the signal aborts with when it isn't. */
  async check(): Promise<void> {
    this.signal.throwIfAborted();
    const askedAt = performance.now();
    if (await this.queue.heartbeat(this.lease)) this.askedAt = askedAt;
    else this.lose();
    this.signal.throwIfAborted();
  }

  /** Ends the run for another reason than a lost lease. */
  abort(reason: Error): void {
    this.controller.abort(reason);
  }

  private lose(): void {
    this.controller.abort(new LeaseLostError(this.lease.key));
  }

  private async beat(): Promise<void> {
    try {
      await this.check();
    } catch {
      // Either the signal says so already, or the database can't be asked: then nobody knows, and when the lease has
      // ended by our own clock, somebody else may have the key.
      if (performance.now() - this.askedAt >= this.leaseMs) this.lose();
    }
    if (this.signal.aborted) this.stopBeating();
  }
}
