import { toDate } from '../../time';
import type { DatabaseContext } from '../../context';
import { QUEUE_ITEMS } from './row';

/** How many keys are in each state, and how long the oldest one has been due. */
export interface QueueStats {
  due: number;
  leased: number;
  waiting: number;
  dead: number;
  oldestDueMs: number;
}

/** Counts in one statement, so that the figures are of one moment. */
export async function countKeys({
  db,
  clock,
}: DatabaseContext): Promise<QueueStats> {
  const now = clock.sql(db);
  const [row] = await db(QUEUE_ITEMS).select(
    db.raw(
      'coalesce(sum(case when claimable_at <= ? then 1 else 0 end), 0) as due',
      [now],
    ),
    db.raw(
      'coalesce(sum(case when claimable_at > ? and lease_token is not null then 1 else 0 end), 0) as leased',
      [now],
    ),
    db.raw(
      'coalesce(sum(case when claimable_at > ? and lease_token is null then 1 else 0 end), 0) as waiting',
      [now],
    ),
    db.raw('count(dead_since) as dead'),
    db.raw('min(case when claimable_at <= ? then claimable_at end) as oldest', [
      now,
    ]),
    db.raw('? as now', [now]),
  );
  return {
    due: Number(row.due),
    leased: Number(row.leased),
    waiting: Number(row.waiting),
    dead: Number(row.dead),
    oldestDueMs:
      row.oldest === null
        ? 0
        : toDate(row.now).getTime() - toDate(row.oldest).getTime(),
  };
}
