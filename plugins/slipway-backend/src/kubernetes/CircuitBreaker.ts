/** How soon a breaker opens, and for how long. */
export interface BreakerSettings {
  /** Requests in a row that were not answered. */
  threshold: number;
  /** The first pause; doubles with every probe that isn't answered either. */
  baseMs: number;
  maxMs: number;
}

/** A cluster that restarts is back in seconds; one that is gone is asked twice a minute. */
export const BREAKER_SETTINGS: BreakerSettings = {
  threshold: 3,
  baseMs: 5_000,
  maxMs: 30_000,
};

/**
 * Stops asking a server that does not answer, so that work for it fails at once instead of holding a worker for the
 * length of a timeout. After a pause one single request is let through to see whether it is back.
 */
export class CircuitBreaker {
  private failures = 0;
  private probes = 0;
  private openUntil = 0;
  private probing = false;
  private lastError = '';

  static create(
    options: BreakerSettings & { now: () => number },
  ): CircuitBreaker {
    return new CircuitBreaker(options);
  }

  private constructor(
    private readonly options: BreakerSettings & { now: () => number },
  ) {}

  /** Whether a request may go out; when not, why and how long not yet. A request that may must report its end. */
  admit(): { ok: true } | { ok: false; retryInMs: number; lastError: string } {
    const { lastError } = this;
    if (this.openUntil === 0) return { ok: true };
    const retryInMs = this.openUntil - this.options.now();
    if (retryInMs > 0) return { ok: false, retryInMs, lastError };
    // Half open: one probe at a time, the others wait for what it learns.
    if (this.probing) {
      return { ok: false, retryInMs: this.options.baseMs, lastError };
    }
    this.probing = true;
    return { ok: true };
  }

  /** The server answered, whatever it said. */
  answered(): void {
    this.failures = 0;
    this.probes = 0;
    this.openUntil = 0;
    this.probing = false;
  }

  /** The request ended for a reason of ours: it says nothing about the server. */
  abandoned(): void {
    this.probing = false;
  }

  /** The server did not answer. */
  failed(error: string): void {
    this.lastError = error;
    this.failures++;
    if (this.openUntil > 0 && !this.probing) {
      // It was sent before the breaker opened: many requests at once are one outage.
      return;
    }
    if (this.probing) this.probes++;
    this.probing = false;
    const { threshold, baseMs, maxMs, now } = this.options;
    if (this.failures < threshold) return;
    // 2^16 times any base is beyond every maximum.
    this.openUntil =
      now() + Math.min(maxMs, baseMs * 2 ** Math.min(this.probes, 16));
  }
}
