import type { Lease } from '../../../ports/WorkQueue';
import type { DatabaseContext } from '../../context';
import { returnTimes } from './returnTimes';
import { QUEUE_ITEMS } from './row';

/**
 * Ends a run that failed and will be tried again.
 *
 * Survives the race with a mark: new work doesn't wait for the backoff of the old, but the error stays counted, so
 * that a key that is marked by its own failing runs is still buried in the end.
 */
export async function retryKey(
  context: DatabaseContext,
  lease: Lease,
  options: { error: string; delayMs: number },
): Promise<boolean> {
  const { db, clock } = context;
  const released = await db(QUEUE_ITEMS)
    .where({ key: lease.key, lease_token: lease.leaseToken })
    .update({
      lease_token: null,
      ...returnTimes(context, lease, options.delayMs),
      attempts: lease.attempts + 1,
      last_error: options.error,
      updated_at: clock.sql(db),
    });
  return released > 0;
}
