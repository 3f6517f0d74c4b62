import type { Lease } from '../../../ports/WorkQueue';
import type { DatabaseContext } from '../../context';
import { QUEUE_ITEMS } from './row';

/**
 * Gives a key back that was not run to its end, as a shutdown does: it may be claimed at once, no attempt is counted,
 * and what was marked for later meanwhile stays marked.
 * Survives the race with a claim after the lease ended: the token is another one then, and nothing is written.
 */
export async function releaseKey(
  { db, clock }: DatabaseContext,
  lease: Lease,
): Promise<boolean> {
  const released = await db(QUEUE_ITEMS)
    .where({ key: lease.key, lease_token: lease.leaseToken })
    .update({
      lease_token: null,
      claimable_at: clock.sql(db),
      updated_at: clock.sql(db),
    });
  return released > 0;
}
