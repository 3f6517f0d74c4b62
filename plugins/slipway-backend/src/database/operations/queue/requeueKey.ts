import type { Lease } from '../../../ports/WorkQueue';
import type { DatabaseContext } from '../../context';
import { returnTimes } from './returnTimes';
import { QUEUE_ITEMS } from './row';

/**
 * Ends a run that wants to come back later, with its attempts reset.
 *
 * Survives the race with a mark: the key is run at the earlier of the two times, and a mark for later stays.
 */
export async function requeueKey(
  context: DatabaseContext,
  lease: Lease,
  afterMs: number,
): Promise<boolean> {
  const { db, clock } = context;
  const released = await db(QUEUE_ITEMS)
    .where({ key: lease.key, lease_token: lease.leaseToken })
    .update({
      lease_token: null,
      ...returnTimes(context, lease, afterMs),
      attempts: 0,
      last_error: null,
      updated_at: clock.sql(db),
    });
  return released > 0;
}
