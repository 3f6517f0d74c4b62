import type { Lease } from '../../../ports/WorkQueue';
import type { DatabaseContext } from '../../context';
import { QUEUE_ITEMS } from './row';

/**
 * Ends a run for which there is no point in trying again: the key becomes a dead letter.
 *
 * Survives the race with a mark: what was marked meanwhile is new work that nobody has tried, so the key stays alive.
 */
export async function buryKey(
  { db, clock }: DatabaseContext,
  lease: Lease,
  error: string,
): Promise<boolean> {
  const released = await db(QUEUE_ITEMS)
    .where({ key: lease.key, lease_token: lease.leaseToken })
    .update({
      lease_token: null,
      dead_since: db.raw('case when ticket = ? then ? else null end', [
        lease.ticket,
        clock.sql(db),
      ]),
      claimable_at: db.raw('case when ticket = ? then null else due_at end', [
        lease.ticket,
      ]),
      attempts: lease.attempts + 1,
      last_error: error,
      updated_at: clock.sql(db),
    });
  return released > 0;
}
