import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '../../domain/backoff';
import { redact } from '../../domain/redact';
import type { WorkQueue } from '../../ports/WorkQueue';
import { HeldLease } from './HeldLease';
import type { Reconciler } from './Reconciler';
import { runReconciler, StepObserver } from './runReconciler';
import { ShutdownError } from './ShutdownError';
import { Wakeup } from './Wakeup';

/** Settings of the engine. */
export interface EngineSettings {
  /** Keys that are run at once by this process. */
  workers: number;
  /** Keys that are claimed ahead of the workers, so that none of them waits for the database. */
  buffer: number;
  /**
   * Runs that may wait for a common step, such as a commit that many share, beside the workers. Each keeps its lease
   * and takes a worker again when the step is done.
   */
  parked: number;
  /** How often the queue is looked at without being told to. */
  pollMs: number;
  /** How long a lease lasts without a heartbeat; the same as the queue's. */
  leaseMs: number;
  /** How long a shutdown waits for runs to end by themselves, and again after it has told them to. */
  drainMs: number;
}

/** Defaults of {@link EngineSettings}. */
export const DEFAULT_ENGINE_SETTINGS: EngineSettings = {
  workers: 4,
  buffer: 4,
  // As many as one commit takes; each is a lease and some kilobytes.
  parked: 200,
  // What this process marks is run at once; this is for what other replicas mark, and for what becomes due.
  pollMs: 1_000,
  leaseMs: 30_000,
  // Below the 30 s that Kubernetes gives a Pod to end, also when it is needed twice.
  drainMs: 10_000,
};

/** The longest pause between two looks at a queue that can't be reached. */
const MAX_PAUSE_MS = 30_000;

/** Takes keys from the queue and runs each with the reconciler of its prefix. */
export class ReconcileEngine {
  static create(options: {
    queue: WorkQueue;
    reconcilers: Reconciler[];
    logger: LoggerService;
    settings?: Partial<EngineSettings>;
    onStep?: StepObserver;
  }): ReconcileEngine {
    const reconcilers = new Map<string, Reconciler>();
    for (const reconciler of options.reconcilers) {
      const { prefix } = reconciler;
      if (prefix === '' || prefix.includes(':') || reconcilers.has(prefix)) {
        throw new InputError(
          `A reconciler has the prefix "${prefix}"; each needs one of its own, without a colon.`,
        );
      }
      reconcilers.set(prefix, reconciler);
    }
    return new ReconcileEngine(
      options.queue,
      reconcilers,
      options.logger,
      { ...DEFAULT_ENGINE_SETTINGS, ...options.settings },
      options.onStep ?? (() => {}),
    );
  }

  private readonly wakeup = new Wakeup();
  private readonly buffered: HeldLease[] = [];
  private readonly running = new Map<HeldLease, Promise<void>>();
  /** Runs that take part in a common step, or wait for a worker after it. */
  private parked = 0;
  private readonly comingBack: Array<() => void> = [];
  private loop: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;
  private stopListening: (() => void) | undefined;

  private constructor(
    private readonly queue: WorkQueue,
    private readonly reconcilers: Map<string, Reconciler>,
    private readonly logger: LoggerService,
    private readonly settings: EngineSettings,
    private readonly onStep: StepObserver,
  ) {}

  /** Starts to take keys; does nothing when it has started or stopped before. */
  start(): void {
    if (this.loop || this.stopping) return;
    this.stopListening = this.queue.onMarked(() => this.wakeup.wake());
    this.loop = this.work();
  }

  /**
   * Stops taking keys, gives back those that wait, and lets the others end: first by themselves, then by their
   * signal. A run that doesn't end keeps its lease, which ends when nobody beats for it, so no key is run twice at
   * once.
   */
  stop(): Promise<void> {
    this.stopping ??= this.drain();
    return this.stopping;
  }

  /** The keys that are run by this process now. */
  runningKeys(): string[] {
    return [...this.running.keys()].map(held => held.lease.key).sort();
  }

  private async work(): Promise<void> {
    let failures = 0;
    while (!this.stopping) {
      let claimed = 0;
      try {
        claimed = await this.fill();
        failures = 0;
      } catch (error) {
        failures++;
        const message = error instanceof Error ? error.message : String(error);
        this.logger.error(
          `The queue can't be read (${failures} times in a row), nothing is reconciled meanwhile: ${redact(message)}`,
        );
      }
      this.dispatch();
      // A full answer means that there may be more; it is asked for as soon as there is room.
      if (claimed === 0 || this.room() === 0) await this.pause(failures);
    }
  }

  /** How many keys to ask for: none while at least half of the buffer is full, so that keys are claimed in batches. */
  private room(): number {
    const { workers, buffer } = this.settings;
    if (this.buffered.length > buffer / 2) return 0;
    return workers + buffer - this.active() - this.buffered.length;
  }

  private async fill(): Promise<number> {
    const room = this.room();
    if (room <= 0) return 0;
    const askedAt = performance.now();
    const leases = await this.queue.claim(room);
    for (const lease of leases) {
      const held = new HeldLease(
        lease,
        this.queue,
        this.settings.leaseMs,
        askedAt,
      );
      held.startBeating();
      this.buffered.push(held);
    }
    return leases.length;
  }

  /** Runs that keep a worker busy. */
  private active(): number {
    return this.running.size - this.parked;
  }

  /** Lets others work while a run waits for a step that many share. */
  private async park<T>(work: () => Promise<T>): Promise<T> {
    if (this.parked >= this.settings.parked) return work();
    this.parked++;
    this.dispatch();
    this.wakeup.wake();
    try {
      return await work();
    } finally {
      await new Promise<void>(resolve => {
        this.comingBack.push(resolve);
        this.dispatch();
      });
    }
  }

  private dispatch(): void {
    // What has begun goes before what is new; a shutdown lets all of them end.
    while (
      this.comingBack.length > 0 &&
      (this.stopping || this.active() < this.settings.workers)
    ) {
      this.parked--;
      this.comingBack.shift()!();
    }
    while (!this.stopping && this.active() < this.settings.workers) {
      const held = this.buffered.shift();
      if (!held) return;
      // Lost while it waited: its new holder runs it.
      if (held.signal.aborted) continue;
      const { key } = held.lease;
      const run = runReconciler({
        held,
        queue: this.queue,
        reconciler: this.reconcilers.get(key.split(':', 1)[0]),
        logger: this.logger.child({ reconcile: key }),
        onStep: this.onStep,
        park: work => this.park(work),
      }).finally(() => {
        held.stopBeating();
        this.running.delete(held);
        this.dispatch();
        this.wakeup.wake();
      });
      this.running.set(held, run);
    }
  }

  private pause(failures: number): Promise<void> {
    const { pollMs } = this.settings;
    const waitMs =
      failures === 0
        ? pollMs
        : pollMs +
          backoffMs(
            failures,
            { baseMs: pollMs, maxMs: MAX_PAUSE_MS },
            Math.random(),
          );
    return this.wakeup.wait(waitMs);
  }

  private async drain(): Promise<void> {
    this.stopListening?.();
    this.wakeup.wake();
    this.dispatch();
    await this.loop;

    const waiting = this.buffered.splice(0);
    for (const held of waiting) held.stopBeating();
    await Promise.allSettled(
      waiting.map(held => this.queue.release(held.lease)),
    );

    if (await this.settled()) return;
    for (const held of this.running.keys()) {
      held.abort(
        new ShutdownError(
          `Slipway shuts down; ${held.lease.key} is run again by whoever is next.`,
        ),
      );
    }
    if (await this.settled()) return;
    for (const held of this.running.keys()) {
      held.stopBeating();
      this.logger.warn(
        `The run of ${held.lease.key} did not end in time; its lease ends by itself.`,
      );
    }
  }

  /** Waits for all runs, but not for ever; false when some go on. */
  private async settled(): Promise<boolean> {
    const timeout = new AbortController();
    const late = sleep(this.settings.drainMs, undefined, {
      signal: timeout.signal,
    }).catch(() => {});
    await Promise.race([Promise.all(this.running.values()), late]);
    timeout.abort();
    return this.running.size === 0;
  }
}
