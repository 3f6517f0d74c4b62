/**
 * Stops asking a server that does not answer, so that work for it fails at once instead of holding a worker for the
 * length of a timeout. After a pause one single request is let through to see whether it is back.
 */
export class CircuitBreaker {
  private failures = 0;
  private openUntil = 0;
  private probing = false;
  private lastError = '';

  static create(options: {
    threshold: number;
    baseMs: number;
    maxMs: number;
    now: () => number;
  }): CircuitBreaker {
    return new CircuitBreaker(options);
  }

  private constructor(
    private readonly options: {
      threshold: number;
      baseMs: number;
      maxMs: number;
      now: () => number;
    },
  ) {}

  /** Whether a request may go out; when not, why and how long not yet. A request that may must report its end. */
  admit(): { ok: true } | { ok: false; retryInMs: number; lastError: string } {
    if (this.openUntil === 0) return { ok: true };
    const retryInMs = this.openUntil - this.options.now();
    if (retryInMs > 0)
      return { ok: false, retryInMs, lastError: this.lastError };
    // Half open: one probe at a time, the others wait for what it learns.
    if (this.probing)
      return {
        ok: false,
        retryInMs: this.options.baseMs,
        lastError: this.lastError,
      };
    this.probing = true;
    return { ok: true };
  }

  /** The server answered, whatever it said. */
  answered(): void {
    this.failures = 0;
    this.openUntil = 0;
    this.probing = false;
  }

  /** The request ended for a reason of ours: it says nothing about the server. */
  abandoned(): void {
    this.probing = false;
  }

  /** The server did not answer. */
  failed(error: string): void {
    this.probing = false;
    this.lastError = error;
    this.failures++;
    const { threshold, baseMs, maxMs, now } = this.options;
    if (this.failures < threshold) return;
    // 2^16 times any base is beyond every maximum.
    this.openUntil =
      now() +
      Math.min(maxMs, baseMs * 2 ** Math.min(this.failures - threshold, 16));
  }
}
