import type { Lease } from '../../../ports/WorkQueue';
import type { DatabaseContext } from '../../context';

/**
 * The times of a key whose run comes back after a while. What was marked meanwhile keeps its own due time; the key is
 * claimable at the earlier of the two.
 */
export function returnTimes(
  { db, clock }: DatabaseContext,
  lease: Lease,
  afterMs: number,
) {
  const back = clock.sql(db, afterMs);
  return {
    due_at: db.raw('case when ticket = ? then ? else due_at end', [
      lease.ticket,
      back,
    ]),
    claimable_at: db.raw(
      'case when ticket = ? or due_at > ? then ? else due_at end',
      [lease.ticket, back, back],
    ),
  };
}
