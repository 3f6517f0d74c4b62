/** Diffs of specs are kilobytes; this holds those of some hundred open pages. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What an entry costs beside its output. */
const OVERHEAD_BYTES = 256;

/**
 * Outputs of commands that depend on nothing but the objects that their arguments name by full id: the same for ever, in
 * whichever repository. What was not asked for longest goes first.
 */
export class PureResults<T extends { stdout: Buffer }> {
  readonly #results = new Map<string, T>();
  #bytes = 0;

  constructor(private readonly maxBytes: number = MAX_BYTES) {}

  get(key: string): T | undefined {
    const result = this.#results.get(key);
    if (result) {
      this.#results.delete(key);
      this.#results.set(key, result);
    }
    return result;
  }

  set(key: string, result: T): void {
    if (this.#results.has(key)) return;
    this.#results.set(key, result);
    this.#bytes += weigh(key, result);
    for (const [oldest, { stdout }] of this.#results) {
      if (this.#bytes <= this.maxBytes) break;
      this.#results.delete(oldest);
      this.#bytes -= weigh(oldest, { stdout });
    }
  }
}

function weigh(key: string, { stdout }: { stdout: Buffer }): number {
  return stdout.length + key.length + OVERHEAD_BYTES;
}
