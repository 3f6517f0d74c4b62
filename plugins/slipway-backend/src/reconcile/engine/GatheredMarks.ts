/** The first wait after a mark that failed, and the longest. */
const RETRY_MS = { first: 500, last: 30_000 };

interface Options {
  /** Marks the keys, or whatever they stand for. */
  mark(keys: string[]): Promise<unknown>;
  failed(error: Error): void;
  /** At the earliest so long after a mark the next one is made. */
  pauseMs?: number;
}

/**
 * Marks keys that are named once, as often as somebody likes: the first at once, and whatever comes meanwhile together
 * after a pause. Ten thousand deliveries are a handful of marks. While the database is away they are kept and marked
 * again: a watch doesn't tell twice what it saw.
 */
export class GatheredMarks {
  readonly #waiting = new Set<string>();
  #pause: NodeJS.Timeout | undefined;
  #marking = false;
  #stopped = false;
  #failures = 0;

  constructor(private readonly o: Options) {}

  add(keys: string[]): void {
    if (this.#stopped) return;
    for (const key of keys) this.#waiting.add(key);
    if (!this.#marking && !this.#pause) void this.#mark();
  }

  /** What waits still is found by whoever goes on, at its first look. */
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
      await this.o.mark(keys);
      this.#failures = 0;
    } catch (error) {
      for (const key of keys) this.#waiting.add(key);
      // One sentence for each time that it is away.
      if (this.#failures++ === 0) this.o.failed(error as Error);
    }
    this.#marking = false;
    if (this.#stopped) return;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      void this.#mark();
    }, this.#waitMs());
    this.#pause.unref();
  }

  #waitMs(): number {
    const { pauseMs = 0 } = this.o;
    if (this.#failures === 0) return pauseMs;
    return Math.max(
      pauseMs,
      Math.min(RETRY_MS.last, RETRY_MS.first * 2 ** (this.#failures - 1)),
    );
  }
}
