import type { Knex } from 'knex';
import { Db, isPostgres, rowsOf } from './dialect';

/**
 * The clock of the database, as SQL, in whole milliseconds.
 *
 * Columns of time are `timestamptz(3)` on PostgreSQL and milliseconds since the epoch on SQLite (what knex binds a
 * `Date` to), so within each of them values compare as numbers do, whatever time zone a process lives in. Replicas
 * whose own clocks disagree still agree on when a lease ends, because only this clock is asked.
 */
export interface DatabaseClock {
  /** Now, plus so many milliseconds. Stable within a statement, so that an index can be used. */
  sql(db: Db, plusMs?: number): Knex.Raw;
}

/** The database's own clock. */
export const databaseClock: DatabaseClock = {
  sql(db, plusMs = 0) {
    return isPostgres(db)
      ? db.raw(
          `date_trunc('milliseconds', statement_timestamp()) + ? * interval '1 millisecond'`,
          [plusMs],
        )
      : db.raw(`cast(round(unixepoch('subsec') * 1000) as integer) + ?`, [
          plusMs,
        ]);
  },
};

/** Asks the clock once, so that the answer can be handed on as a fact. */
export async function readClock(
  db: Db,
  clock: DatabaseClock = databaseClock,
): Promise<Date> {
  const [row] = rowsOf<{ now: Date | number }>(
    await db.raw('select ? as now', [clock.sql(db)]),
  );
  return toDate(row.now);
}

/** A time as it comes out of either database. */
export function toDate(value: Date | number | string): Date {
  return value instanceof Date ? value : new Date(Number(value));
}

/** A nullable time as it comes out of either database. */
export function toOptionalDate(
  value: Date | number | string | null,
): Date | undefined {
  return value === null ? undefined : toDate(value);
}
