import { randomUUID } from 'node:crypto';
import type { Lease } from '../../../ports/WorkQueue';
import type { DatabaseContext } from '../../context';
import { isPostgres, rowsOf } from '../../dialect';
import { toDate } from '../../time';

/** Written out rather than built: this is the statement that runs all the time, and building costs more than it. */
const claimStatement = (lock: 'for update skip locked' | '') => `
  with candidates as materialized (
    select key from queue_items where claimable_at <= :now order by claimable_at limit :limit ${lock}
  )
  update queue_items set
    lease_token = :leaseToken,
    claimable_at = :until,
    claimed_ticket = case when due_at <= :now then ticket else claimed_ticket end,
    attempts = case when lease_token is null then attempts else attempts + 1 end,
    updated_at = :now
  where key in (select key from candidates)
  returning key, claimed_ticket as ticket, attempts, :now as now`;

const CLAIM_ON_POSTGRES = claimStatement('for update skip locked');
/** A statement on SQLite runs alone. */
const CLAIM_ON_SQLITE = claimStatement('');

interface ClaimedRow {
  key: string;
  ticket: string;
  attempts: number;
  now: Date | number;
}

/**
 * Leases the keys that are due longest, and those whose lease has ended without a release.
 *
 * Survives two claims at once: each key goes to one of them, on PostgreSQL because rows that the other has locked
 * are skipped, on SQLite because a statement runs alone. The candidates are materialized, since the planner might
 * otherwise pick them again for each row and lease more than it was asked for.
 *
 * A lease that ended by itself counts as an attempt: a key that takes its process down must not do so for ever. Work
 * that was marked for later while such a run was lost stays marked for later, by keeping the ticket that it had claimed.
 */
export async function claimKeys(
  { db, clock }: DatabaseContext,
  options: { limit: number; leaseMs: number },
): Promise<Lease[]> {
  const leaseToken = randomUUID();
  const statement = isPostgres(db) ? CLAIM_ON_POSTGRES : CLAIM_ON_SQLITE;
  const claimed = await db.raw(statement, {
    now: clock.sql(db),
    until: clock.sql(db, options.leaseMs),
    limit: options.limit,
    leaseToken,
  });
  return rowsOf<ClaimedRow>(claimed).map(row => ({
    key: row.key,
    ticket: row.ticket,
    leaseToken,
    attempts: row.attempts,
    now: toDate(row.now),
  }));
}
