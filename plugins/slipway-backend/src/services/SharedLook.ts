import { setImmediate } from 'node:timers/promises';

/** A look that takes longer is lost, as with a connection that nobody answers any more; the next doesn't wait for it. */
const LOST_MS = 5_000;

/**
 * A look at something that many ask for at once. Nobody gets an answer that began before they asked: those who come in
 * one turn of the event loop share a look, and whoever comes while it is under way shares the one after it. So fifty
 * pages that open together cost a few looks, and are as fresh as if each had looked by itself.
 */
export class SharedLook<T> {
  private running: Promise<unknown> | undefined;
  private next: Promise<T> | undefined;

  constructor(
    private readonly look: () => Promise<T>,
    private readonly lostMs: number = LOST_MS,
  ) {}

  /** Whether nobody waits for it. */
  get idle(): boolean {
    return this.running === undefined && this.next === undefined;
  }

  now(): Promise<T> {
    this.next ??= this.begin(this.running);
    return this.next;
  }

  private async begin(before: Promise<unknown> | undefined): Promise<T> {
    // SQLite answers within the turn: without the pause no other request would be read before that.
    await (before ? this.atMost(before) : setImmediate());
    this.next = undefined;
    const look = this.look();
    const running = look
      .catch(() => undefined)
      .then(() => {
        if (this.running === running) this.running = undefined;
      });
    this.running = running;
    return look;
  }

  private async atMost(before: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const lost = new Promise(resolve => {
      timer = setTimeout(resolve, this.lostMs).unref();
    });
    await Promise.race([before, lost]);
    clearTimeout(timer);
  }
}

/** A {@link SharedLook} for each of many things; none is kept when nobody waits for it. */
export class SharedLooks<T> {
  private readonly looks = new Map<string, SharedLook<T>>();

  /** What is looked at by the key, as it is from now on; `look` is the same for the same key. */
  now(key: string, look: () => Promise<T>): Promise<T> {
    let shared = this.looks.get(key);
    if (!shared) {
      shared = new SharedLook(look);
      this.looks.set(key, shared);
    }
    const own = shared;
    return own.now().finally(() => {
      if (own.idle && this.looks.get(key) === own) this.looks.delete(key);
    });
  }
}
