import type { QueueItem } from '../../../ports/WorkQueue';
import { toDate, toOptionalDate } from '../../time';
import type { DatabaseContext } from '../../context';
import { QUEUE_ITEMS, QueueRow } from './row';

/** The state of a key as people ask for it. */
export type QueueState = 'due' | 'leased' | 'waiting' | 'dead';

/**
 * Reads keys of one state, the most pressing first. One statement, so no key shows in two states of one answer.
 * A lease that has ended by itself counts as due.
 */
export async function listKeys(
  { db, clock }: DatabaseContext,
  filter: { state: QueueState; limit: number },
): Promise<QueueItem[]> {
  const query = db<QueueRow>(QUEUE_ITEMS).select('*').limit(filter.limit);
  const now = clock.sql(db);
  switch (filter.state) {
    case 'due':
      query.where('claimable_at', '<=', now).orderBy('claimable_at');
      break;
    case 'leased':
      query
        .whereNotNull('lease_token')
        .where('claimable_at', '>', now)
        .orderBy('claimable_at');
      break;
    case 'waiting':
      query
        .whereNull('lease_token')
        .where('claimable_at', '>', now)
        .orderBy('claimable_at');
      break;
    default:
      query.whereNotNull('dead_since').orderBy('dead_since', 'desc');
  }
  const rows: QueueRow[] = await query;
  return rows.map(row => ({
    key: row.key,
    // A key that waits is run when it may be claimed, which a retry beside a mark for later moves before its due time.
    dueAt: toDate(
      row.lease_token === null ? (row.claimable_at ?? row.due_at) : row.due_at,
    ),
    attempts: row.attempts,
    leasedUntil:
      row.lease_token === null ? undefined : toOptionalDate(row.claimable_at),
    lastError: row.last_error ?? undefined,
    deadSince: toOptionalDate(row.dead_since),
    updatedAt: toDate(row.updated_at),
  }));
}
