import type { Knex } from 'knex';
import type { Lease } from '../../../ports/WorkQueue';
import { isPostgres } from '../../dialect';
import { QUEUE_ITEMS } from './row';

/**
 * Says whether the lease is still ours and, within the transaction, keeps it so: the row is locked, so that a claim
 * skips it and a mark waits. Survives a process that wakes up after its lease has gone to another one: the writes of
 * the transaction happen under the lease or not at all.
 */
export async function holdLease(
  trx: Knex.Transaction,
  lease: Lease,
): Promise<boolean> {
  const row = trx(QUEUE_ITEMS)
    .select('key')
    .where({ key: lease.key, lease_token: lease.leaseToken })
    .first();
  if (isPostgres(trx)) row.forUpdate();
  return (await row) !== undefined;
}
