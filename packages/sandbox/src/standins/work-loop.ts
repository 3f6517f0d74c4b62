import { ApiError } from '../apiserver/status';
import { SandboxLogger } from '../types';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 30_000;

/** Does the work of a key; answers in how many milliseconds it wants to be called again. */
export type Reconcile = (key: string) => Promise<number | void> | number | void;

/** Keys waiting for work: each at most once, one at a time, again after a failure with growing pauses. */
export class WorkLoop {
  private readonly timers = new Map<
    string,
    { timer: NodeJS.Timeout; due: number }
  >();
  /** Due, and waiting for their turn: work that takes longer than the pause between two polls must not pile up. */
  private readonly due = new Set<string>();
  private readonly failures = new Map<string, number>();
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly name: string,
    private readonly reconcile: Reconcile,
    private readonly logger: SandboxLogger,
  ) {}

  /** Asks for work on a key, now or later; the earlier wish counts. */
  add(key: string, delayMs = 0): void {
    if (this.stopped) return;
    const due = Date.now() + delayMs;
    const waiting = this.timers.get(key);
    if (waiting) {
      if (waiting.due <= due) return;
      clearTimeout(waiting.timer);
    }
    const timer = setTimeout(() => {
      this.timers.delete(key);
      if (this.due.has(key)) return;
      this.due.add(key);
      this.running = this.running.then(() => {
        this.due.delete(key);
        return this.work(key);
      });
    }, delayMs);
    this.timers.set(key, { timer, due });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const { timer } of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    await this.running;
  }

  private async work(key: string): Promise<void> {
    if (this.stopped) return;
    try {
      const again = await this.reconcile(key);
      this.failures.delete(key);
      if (typeof again === 'number') this.add(key, again);
    } catch (error) {
      const count = (this.failures.get(key) ?? 0) + 1;
      this.failures.set(key, count);
      // Somebody else changed the object meanwhile: that is no news, the next try sees it.
      const expected =
        error instanceof ApiError && (error.code === 409 || error.code === 404);
      const text = `sandbox ${this.name} ${key}: ${(error as Error).message}`;
      if (expected) this.logger.debug(text);
      else this.logger.warn(text);
      this.add(
        key,
        Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(count, 10)),
      );
    }
  }
}
