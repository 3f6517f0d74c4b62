import type { Lease } from '../../../ports/WorkQueue';
import type { DatabaseContext } from '../../context';
import { QUEUE_ITEMS } from './row';

/**
 * Moves the end of the lease. Survives the race with a claim that found the lease ended: whoever writes first wins,
 * and a token that is not in the row any more extends nothing.
 */
export async function extendLease(
  { db, clock }: DatabaseContext,
  lease: Lease,
  leaseMs: number,
): Promise<boolean> {
  const extended = await db(QUEUE_ITEMS)
    .where({ key: lease.key, lease_token: lease.leaseToken })
    .update({ claimable_at: clock.sql(db, leaseMs) });
  return extended > 0;
}
