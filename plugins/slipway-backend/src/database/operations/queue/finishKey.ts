import type { Lease } from '../../../ports/WorkQueue';
import type { DatabaseContext } from '../../context';
import { QUEUE_ITEMS } from './row';

/**
 * Ends a run that left nothing to do: the row goes.
 *
 * Survives the race with a mark: the row goes only with the ticket that the run had claimed. Where the mark was
 * faster the row stays and is due when the mark says. A mark between the two statements finds the row leased and
 * changes what is due; the second statement then releases it. A stop between them leaves a lease that ends by itself.
 */
export async function finishKey(
  { db, clock }: DatabaseContext,
  lease: Lease,
): Promise<boolean> {
  const removed = await db(QUEUE_ITEMS)
    .where({
      key: lease.key,
      lease_token: lease.leaseToken,
      ticket: lease.ticket,
    })
    .delete();
  if (removed > 0) return true;

  const released = await db(QUEUE_ITEMS)
    .where({ key: lease.key, lease_token: lease.leaseToken })
    .update({
      lease_token: null,
      claimable_at: db.ref('due_at'),
      attempts: 0,
      last_error: null,
      updated_at: clock.sql(db),
    });
  return released > 0;
}
