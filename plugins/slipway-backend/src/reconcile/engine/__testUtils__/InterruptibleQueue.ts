import type { Lease, Outcome, WorkQueue } from '../../../ports/WorkQueue';

/**
 * The queue as a process sees it that can be frozen: every call waits until the process is thawed, as it does between
 * SIGSTOP and SIGCONT. A process that is never thawed has stopped.
 */
export class InterruptibleQueue implements WorkQueue {
  private frozen: Promise<void> | undefined;
  private unblock: (() => void) | undefined;

  constructor(private readonly queue: WorkQueue) {}

  freeze(): void {
    this.frozen ??= new Promise(resolve => {
      this.unblock = resolve;
    });
  }

  thaw(): void {
    this.unblock?.();
    this.frozen = undefined;
  }

  async mark(...args: Parameters<WorkQueue['mark']>): Promise<void> {
    await this.frozen;
    return this.queue.mark(...args);
  }

  async claim(limit: number): Promise<Lease[]> {
    await this.frozen;
    return this.queue.claim(limit);
  }

  async heartbeat(lease: Lease): Promise<boolean> {
    await this.frozen;
    return this.queue.heartbeat(lease);
  }

  async complete(lease: Lease, outcome: Outcome): Promise<boolean> {
    await this.frozen;
    return this.queue.complete(lease, outcome);
  }

  async release(lease: Lease): Promise<boolean> {
    await this.frozen;
    return this.queue.release(lease);
  }

  async holds(lease: Lease, trx: unknown): Promise<boolean> {
    await this.frozen;
    return this.queue.holds(lease, trx);
  }

  async stats() {
    await this.frozen;
    return this.queue.stats();
  }

  list(filter: Parameters<WorkQueue['list']>[0]) {
    return this.queue.list(filter);
  }

  replay(keys: string[]) {
    return this.queue.replay(keys);
  }

  onMarked(listener: () => void) {
    return this.queue.onMarked(listener);
  }
}
