import type { WorkQueue } from '../../ports/WorkQueue';

interface Options {
  queue: Pick<WorkQueue, 'mark'>;
  failed(error: Error): void;
  /** At the earliest so long after a mark the next one is made. */
  pauseMs: number;
}

/**
 * Marks keys that somebody outside names, as often as they like: the first at once, and whatever comes meanwhile
 * together after a pause. Ten thousand deliveries are a handful of marks, and as many looks at the host.
 */
export class GatheredMarks {
  readonly #waiting = new Set<string>();
  #pause: NodeJS.Timeout | undefined;
  #marking = false;
  #stopped = false;

  constructor(private readonly o: Options) {}

  add(keys: string[]): void {
    if (this.#stopped) return;
    for (const key of keys) this.#waiting.add(key);
    if (!this.#marking && !this.#pause) void this.#mark();
  }

  /** What waits still is found by the next poll of whoever goes on. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  async #mark(): Promise<void> {
    const keys = [...this.#waiting];
    if (keys.length === 0) return;
    this.#waiting.clear();
    this.#marking = true;
    try {
      await this.o.queue.mark(keys);
    } catch (error) {
      this.o.failed(error as Error);
    }
    this.#marking = false;
    if (this.#stopped) return;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      void this.#mark();
    }, this.o.pauseMs);
    this.#pause.unref();
  }
}
