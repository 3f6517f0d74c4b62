/**
 * Lets keys through one by one, after the present call is over. A key that is added while it waits counts once. What a
 * key's work throws is a defect of this package: it is told, and the next keys go on.
 */
export class Turnstile<Key> {
  private readonly waiting = new Set<Key>();
  private stopped = false;
  private scheduled = false;

  constructor(
    private readonly work: (key: Key) => void,
    private readonly onError: (error: Error) => void,
  ) {}

  add(key: Key): void {
    this.waiting.add(key);
    this.schedule();
  }

  stop(): void {
    this.stopped = true;
    this.waiting.clear();
  }

  private schedule(): void {
    if (this.scheduled || this.stopped) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      const [key] = this.waiting;
      if (this.stopped || key === undefined) return;
      this.waiting.delete(key);
      if (this.waiting.size) this.schedule();
      try {
        this.work(key);
      } catch (error) {
        this.onError(error as Error);
      }
    });
  }
}
