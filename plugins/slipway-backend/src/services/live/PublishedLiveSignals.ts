import type { LoggerService } from '@backstage/backend-plugin-api';
import { isBroad, withThoseThatShow } from '../../domain/live/subjects';
import type { LiveSignals } from '../../ports/LiveSignals';
import type { LiveTopicStore } from '../../ports/LiveTopicStore';
import type { LiveTopics } from './LiveTopics';

/** What is sent to every open page. */
export interface LiveMessage {
  /** One more than that of the message before; a gap means that one was lost. A heartbeat repeats the last one. */
  sequence: number;
  /** Opaque id of what has changed → number of the message that says so. */
  topics: Record<string, number>;
}

/** Times of the signals. */
export interface LiveSignalSettings {
  /** Changes of so many milliseconds are told together. */
  batchMs: number;
  /** What many things move is told at most this often. */
  broadMs: number;
  /** After so long without a message somebody says that all is well. */
  beatMs: number;
  /** The first wait after the database or the signals failed; doubles up to `maxRetryMs`. */
  retryMs: number;
  maxRetryMs: number;
}

const SETTINGS: LiveSignalSettings = {
  batchMs: 50,
  broadMs: 1_000,
  // A page calls the connection lost after it has missed two.
  beatMs: 10_000,
  retryMs: 500,
  maxRetryMs: 30_000,
};

/** States that didn't move for a month are told anew when they do. */
const PRUNE_AFTER_MS = 30 * 24 * 3_600_000;
const PRUNE_EVERY_MS = 24 * 3_600_000;

/** States that are computed and told at once: a cluster that comes back has thousands, and others wait for the process. */
const AT_ONCE = 200;

interface Options {
  store: LiveTopicStore;
  topics: LiveTopics;
  publish(message: LiveMessage): Promise<void>;
  logger: LoggerService;
  settings?: Partial<LiveSignalSettings>;
}

/**
 * {@link LiveSignals} through the signals of Backstage. Every replica watches every cluster, so all of them see a change;
 * the database decides which one tells it.
 */
export class PublishedLiveSignals implements LiveSignals {
  static create(options: Options): PublishedLiveSignals {
    return new PublishedLiveSignals(options, {
      ...SETTINGS,
      ...options.settings,
    });
  }

  private readonly subjects = new Set<string>();
  /** Computed when they are told, so that what changes meanwhile is told with it. */
  private readonly states = new Map<string, () => string>();
  private readonly lastTold = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private dueAt = Infinity;
  private beating: NodeJS.Timeout | undefined;
  private pruning: NodeJS.Timeout | undefined;
  private telling: Promise<void> | undefined;
  private failures = 0;
  private stopped = false;

  private constructor(
    private readonly o: Options,
    private readonly settings: LiveSignalSettings,
  ) {}

  start(): void {
    const { beatMs } = this.settings;
    this.beating = setInterval(() => void this.beat(), beatMs / 4).unref();
    this.pruning = setInterval(
      () => void this.quietly(() => this.o.store.prune(PRUNE_AFTER_MS)),
      PRUNE_EVERY_MS,
    ).unref();
  }

  /** Tells what is left, once, and ends. */
  async stop(): Promise<void> {
    clearInterval(this.beating);
    clearInterval(this.pruning);
    clearTimeout(this.timer);
    this.stopped = true;
    await this.telling;
    await this.flush();
  }

  changed(subjects: string[]): void {
    for (const subject of withThoseThatShow(subjects))
      this.subjects.add(subject);
    this.schedule(this.settings.batchMs);
  }

  /** The watches see another state; told unless another replica has told the same. */
  seen(subjects: string[], stateOf: (subject: string) => string): void {
    for (const subject of subjects)
      this.states.set(subject, () => stateOf(subject));
    // The watches have gathered for a while already.
    this.schedule(0);
  }

  private schedule(inMs: number): void {
    if (this.stopped || this.subjects.size + this.states.size === 0) return;
    const at = performance.now() + inMs;
    if (at >= this.dueAt) return;
    clearTimeout(this.timer);
    this.dueAt = at;
    this.timer = setTimeout(() => {
      this.dueAt = Infinity;
      this.telling ??= this.flush().finally(() => {
        this.telling = undefined;
        this.schedule(this.wait());
      });
    }, inMs).unref();
  }

  /** How long what is left has to wait. */
  private wait(): number {
    const { retryMs, maxRetryMs, batchMs } = this.settings;
    if (this.failures > 0)
      return Math.min(maxRetryMs, retryMs * 2 ** Math.min(this.failures, 16));
    if (this.states.size > 0) return 0;
    const waits = [...this.subjects].map(subject => this.restOf(subject));
    return Math.max(batchMs, Math.min(...waits));
  }

  private restOf(subject: string): number {
    if (!isBroad(subject)) return 0;
    const last = this.lastTold.get(subject) ?? -Infinity;
    return this.settings.broadMs - (performance.now() - last);
  }

  private async flush(): Promise<void> {
    const due = [...this.subjects].filter(subject => this.restOf(subject) <= 0);
    const states = [...this.states].slice(0, AT_ONCE);
    if (due.length + states.length === 0) return;
    due.forEach(subject => this.subjects.delete(subject));
    states.forEach(([subject]) => this.states.delete(subject));
    const { store, topics, publish, logger } = this.o;
    try {
      const told = await store.tell({
        subjects: due,
        seen: states.map(([subject, state]) => ({ subject, state: state() })),
        staleSince: (subject, ms) =>
          topics.shownWithin(withThoseThatShow([subject]), ms),
      });
      this.failures = 0;
      if (told.sequence === undefined) return;
      await publish(this.message(told.sequence, told.subjects));
    } catch (error) {
      // Pages see the gap in the numbers, or ask again when the heartbeat is missing; here it is tried again.
      this.failures++;
      due.forEach(subject => this.subjects.add(subject));
      for (const [subject, state] of states)
        if (!this.states.has(subject)) this.states.set(subject, state);
      logger.warn(
        `Open pages could not be told of changes (${this.failures} times in a row): ${messageOf(error)}`,
      );
    }
  }

  private message(sequence: number, subjects: string[]): LiveMessage {
    const message: LiveMessage = { sequence, topics: {} };
    for (const subject of withThoseThatShow(subjects)) {
      if (this.restOf(subject) > 0) {
        this.subjects.add(subject);
        continue;
      }
      if (isBroad(subject)) this.lastTold.set(subject, performance.now());
      message.topics[this.o.topics.idOf(subject)] = sequence;
    }
    return message;
  }

  private async beat(): Promise<void> {
    await this.quietly(async () => {
      const sequence = await this.o.store.beat(this.settings.beatMs);
      if (sequence !== undefined && !this.stopped)
        await this.o.publish({ sequence, topics: {} });
    });
  }

  /** What is done again soon anyway, and is missed by nobody but the pages, which notice. */
  private async quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.o.logger.debug(`Live signals: ${messageOf(error)}`);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
