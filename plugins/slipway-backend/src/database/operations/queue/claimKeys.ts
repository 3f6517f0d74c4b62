import { randomUUID } from 'node:crypto';
import type { Lease } from '../../../ports/WorkQueue';
import { isPostgres } from '../../dialect';
import { toDate } from '../../time';
import type { DatabaseContext } from '../../context';
import { QUEUE_ITEMS, QueueRow } from './row';

/** What an update returns; `claimed_ticket` was set by the update itself. */
type Claimed = Pick<QueueRow, 'key' | 'attempts'> & {
  claimed_ticket: string;
  now: Date | number;
};

/**
 * Leases the keys that are due longest, and those whose lease has ended without a release.
 *
 * Survives two claims at once: each key goes to one of them, on PostgreSQL because rows that the other has locked
 * are skipped, on SQLite because a statement runs alone. The candidates are materialized, since the planner might
 * otherwise pick them again for each row and lease more than it was asked for.
 *
 * A lease that ended by itself counts as an attempt: a key that takes its process down must not do so for ever.
 */
export async function claimKeys(
  { db, clock }: DatabaseContext,
  options: { limit: number; leaseMs: number },
): Promise<Lease[]> {
  const candidates = db(QUEUE_ITEMS)
    .select('key')
    .where('claimable_at', '<=', clock.sql(db))
    .orderBy('claimable_at')
    .limit(options.limit);
  if (isPostgres(db)) candidates.forUpdate().skipLocked();

  const leaseToken = randomUUID();
  const rows: Claimed[] = await db(QUEUE_ITEMS)
    .withMaterialized('candidates', candidates)
    .whereIn('key', db('candidates').select('key'))
    .update({
      lease_token: leaseToken,
      claimable_at: clock.sql(db, options.leaseMs),
      // Work that was marked for later while a run was lost stays marked for later.
      claimed_ticket: db.raw(
        'case when due_at <= ? then ticket else claimed_ticket end',
        [clock.sql(db)],
      ),
      attempts: db.raw(
        'case when lease_token is null then attempts else attempts + 1 end',
      ),
      updated_at: clock.sql(db),
    })
    .returning([
      'key',
      'claimed_ticket',
      'attempts',
      db.raw('? as now', [clock.sql(db)]),
    ]);

  return rows.map(row => ({
    key: row.key,
    ticket: row.claimed_ticket,
    leaseToken,
    attempts: row.attempts,
    now: toDate(row.now),
  }));
}
