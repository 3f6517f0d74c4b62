import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { LeaseLostError } from '../../../ports/LeaseLostError';
import type { Lease } from '../../../ports/WorkQueue';
import { isPostgres } from '../../dialect';
import { holdLease } from '../queue';
import { EnvironmentRow, ENVIRONMENTS } from './row';

/**
 * Reads an environment and keeps it as it is until the transaction ends. With a lease the transaction is fenced by
 * it: a process that was frozen for longer than its lease gets `LeaseLostError`, and nothing of it is written.
 */
export async function lockEnvironment(
  trx: Knex.Transaction,
  key: string,
  lease: Lease | undefined,
): Promise<EnvironmentRow> {
  await fence(trx, lease);
  const query = trx<EnvironmentRow>(ENVIRONMENTS).where({ key }).first();
  if (isPostgres(trx)) query.forUpdate();
  const row = await query;
  if (!row) throw new NotFoundError(`Environment ${key} is not recorded.`);
  return row as EnvironmentRow;
}

/** Keeps the lease until the transaction ends, or says that it was lost. */
export async function fence(
  trx: Knex.Transaction,
  lease: Lease | undefined,
): Promise<void> {
  if (lease && !(await holdLease(trx, lease)))
    throw new LeaseLostError(lease.key);
}
