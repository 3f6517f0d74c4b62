import {
  setImmediate as turn,
  setTimeout as sleep,
} from 'node:timers/promises';

/** What a cluster's heartbeat says of it. */
export interface Pulse {
  /** `starting`: it has not been asked yet. */
  state: 'starting' | 'live' | 'stale' | 'unreachable';
  /** When it answered last. */
  asOf?: Date;
  /** When the state began. */
  since?: Date;
  message?: string;
}

interface Options {
  /** Asks for the least that a server answers; rejects when there is no answer. */
  ask: () => Promise<void>;
  intervalMs: number;
  /** Without an answer for longer than this a cluster is unreachable rather than late. */
  staleMs: number;
  now: () => Date;
  /** The state has changed; `back` when it answers again after it had been unreachable, `late` after it was only late. */
  onState: (change: { back: boolean; late: boolean }) => void;
}

/**
 * Asks one cluster now and then whether it is there. A watch on which nothing happens looks the same whether the server
 * has nothing to say, is frozen, or is behind a cable that was pulled; only a question tells them apart.
 */
export class Heartbeat {
  static create(options: Options): Heartbeat {
    return new Heartbeat(options);
  }

  private readonly end = new AbortController();
  private running: Promise<void> | undefined;
  private asking = false;
  private pulse: Pulse = { state: 'starting' };
  /** When the first question was asked that has had no answer since. */
  private waitsSince: number | undefined;

  private constructor(private readonly options: Options) {}

  current(): Pulse {
    return this.pulse;
  }

  start(): void {
    this.running ??= this.beat();
  }

  async stop(): Promise<void> {
    this.end.abort();
    await this.running;
  }

  private async beat(): Promise<void> {
    const { intervalMs } = this.options;
    while (!this.end.signal.aborted) {
      // An answer that arrived while this process was busy counts.
      if (this.asking) await turn();
      // A question that hangs is judged by the beats that come after it.
      if (this.asking) this.missed(undefined);
      else void this.ask();
      try {
        await sleep(intervalMs, undefined, {
          signal: this.end.signal,
          ref: false,
        });
      } catch {
        // Stopped while waiting, which is what the wait is for.
      }
    }
  }

  private async ask(): Promise<void> {
    this.asking = true;
    this.waitsSince ??= this.options.now().getTime();
    try {
      await this.options.ask();
      const asOf = this.options.now();
      this.waitsSince = undefined;
      this.become({ state: 'live', asOf });
    } catch (error) {
      this.missed((error as Error).message);
    } finally {
      this.asking = false;
    }
  }

  private missed(message: string | undefined): void {
    const { now, staleMs } = this.options;
    const gone = now().getTime() - (this.waitsSince ?? 0) >= staleMs;
    this.become({
      ...this.pulse,
      state: gone ? 'unreachable' : 'stale',
      message: message ?? this.pulse.message ?? 'It does not answer.',
    });
  }

  private become(pulse: Pulse): void {
    if (this.end.signal.aborted) return;
    const { state } = this.pulse;
    const since = state === pulse.state ? this.pulse.since : this.options.now();
    this.pulse = { ...pulse, since };
    if (state !== pulse.state)
      this.options.onState({
        back: state === 'unreachable' && pulse.state === 'live',
        late: state === 'stale' && pulse.state === 'live',
      });
  }
}
