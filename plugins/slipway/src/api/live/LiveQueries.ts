import { hashKey, type Query, type QueryClient } from '@tanstack/react-query';

/** No query is asked again more often than this, however fast things change. */
const REST_MS = 250;

/** Nor one that failed, than this: whatever failed may be down. */
const FAILED_REST_MS = 3_000;

/** What takes long to answer rests longer, in multiples of the time that it took. */
const REST_FACTOR = 3;

/** Pages that show the same thing don't all ask in the same moment. */
const SPREAD_MS = 50;

/** How long a topic that has moved is remembered for answers that are under way. */
const REMEMBER_MS = 60_000;

interface Known {
  /** What the last answer has shown; nothing when there was none, or the backend told nothing. */
  topics: string[];
  tookMs: number;
  endedAt: number;
}

/**
 * Which query on screen shows which topic, and asks again those whose topic has moved; what isn't on screen is asked
 * when it comes back to it.
 */
export class LiveQueries {
  private readonly known = new Map<string, Known>();
  private readonly moved = new Map<string, number>();
  /** Queries that moved while they were under way. */
  private readonly overtaken = new Set<string>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly cache: QueryClient) {
    cache.getQueryCache().subscribe(event => {
      const { queryHash, state } = event.query;
      if (event.type === 'removed') this.forget(queryHash);
      const ended = event.type === 'updated' && state.fetchStatus === 'idle';
      if (ended && this.overtaken.delete(queryHash)) this.again(queryHash);
    });
  }

  /** Wraps one asking of a query: what its answers show, and whether it has moved since it was asked. */
  async asking<T>(
    key: readonly unknown[],
    ask: (answered: (response: Response | undefined) => void) => Promise<T>,
  ): Promise<T> {
    const hash = hashKey(key);
    const askedAt = performance.now();
    const topics = new Set<string>();
    try {
      return await ask(response => {
        const header = response?.headers.get('Slipway-Topics') ?? '';
        for (const id of header.split(',')) if (id) topics.add(id);
      });
    } finally {
      const endedAt = performance.now();
      this.known.set(hash, {
        topics: [...topics],
        tookMs: endedAt - askedAt,
        endedAt,
      });
      // It moved while the answer was under way, so the answer may be from before.
      if ([...topics].some(id => (this.moved.get(id) ?? -Infinity) >= askedAt))
        this.overtaken.add(hash);
    }
  }

  /** These topics have moved. */
  move(ids: string[]): void {
    const now = performance.now();
    for (const [id, at] of this.moved)
      if (now - at > REMEMBER_MS) this.moved.delete(id);
    for (const id of ids) this.moved.set(id, now);
    for (const query of this.cache.getQueryCache().getAll()) {
      const known = this.known.get(query.queryHash);
      // What failed told no topics; what changes may be what it failed for.
      const shows =
        known &&
        (known.topics.length === 0 ||
          known.topics.some(id => ids.includes(id)));
      if (!shows) continue;
      this.touch(query);
    }
  }

  /** Everything on screen is asked again, and everything else when it comes back to the screen. */
  all(): void {
    for (const query of this.cache.getQueryCache().getAll()) {
      this.touch(query);
    }
  }

  private touch(query: Query): void {
    if (query.state.fetchStatus !== 'idle') this.overtaken.add(query.queryHash);
    else if (query.isActive()) this.again(query.queryHash);
    else query.invalidate();
  }

  private again(hash: string): void {
    if (this.timers.has(hash)) return;
    // Never in the same moment, or it would look as if it had moved after it was asked.
    const wait = Math.max(1, this.restOf(hash)) + Math.random() * SPREAD_MS;
    this.timers.set(
      hash,
      setTimeout(() => {
        this.timers.delete(hash);
        const query = this.cache.getQueryCache().get(hash);
        if (query) this.ask(query);
      }, wait),
    );
  }

  private restOf(hash: string): number {
    const known = this.known.get(hash);
    if (!known) return 0;
    const rest =
      known.topics.length === 0
        ? FAILED_REST_MS
        : Math.max(REST_MS, REST_FACTOR * known.tookMs);
    return rest - (performance.now() - known.endedAt);
  }

  private ask(query: Query): void {
    const { queryHash, queryKey } = query;
    if (query.state.fetchStatus !== 'idle') {
      this.overtaken.add(queryHash);
    } else if (!query.isActive() || document.visibilityState === 'hidden') {
      // Asked when it is looked at again.
      query.invalidate();
    } else {
      void this.cache.refetchQueries({ queryKey, exact: true, type: 'active' });
    }
  }

  private forget(hash: string): void {
    this.known.delete(hash);
    this.overtaken.delete(hash);
    clearTimeout(this.timers.get(hash));
    this.timers.delete(hash);
  }
}
