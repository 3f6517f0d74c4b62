import { isPostgres } from '../dialect';
import type { DatabaseClock } from '../time';

/** A clock that stands still until the test moves it; takes the place of the database's own. */
export interface TestClock extends DatabaseClock {
  /** Milliseconds since the epoch. */
  readonly ms: number;
  advance(ms: number): void;
}

export function createTestClock(start = '2026-01-01T00:00:00Z'): TestClock {
  let ms = Date.parse(start);
  return {
    get ms() {
      return ms;
    },
    advance(by) {
      ms += by;
    },
    sql(db, plusMs = 0) {
      const at = new Date(ms + plusMs);
      return isPostgres(db)
        ? db.raw('?::timestamptz', [at])
        : db.raw('?', [at]);
    },
  };
}
