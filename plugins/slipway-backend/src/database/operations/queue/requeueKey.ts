import type { Lease } from '../../../ports/WorkQueue';
import type { DatabaseContext } from '../../context';
import { QUEUE_ITEMS } from './row';

/**
 * Ends a run that wants to come back later, with its attempts reset.
 *
 * Survives the race with a mark: where the key was marked meanwhile, the earlier of the two times counts.
 */
export async function requeueKey(
  { db, clock }: DatabaseContext,
  lease: Lease,
  afterMs: number,
): Promise<boolean> {
  const due = db.raw(
    'case when ticket = ? or due_at > ? then ? else due_at end',
    [lease.ticket, clock.sql(db, afterMs), clock.sql(db, afterMs)],
  );
  const released = await db(QUEUE_ITEMS)
    .where({ key: lease.key, lease_token: lease.leaseToken })
    .update({
      lease_token: null,
      due_at: due,
      claimable_at: due,
      attempts: 0,
      last_error: null,
      updated_at: clock.sql(db),
    });
  return released > 0;
}
