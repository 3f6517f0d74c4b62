import type { Lease } from '../../../ports/WorkQueue';
import type { TransactionContext } from '../../context';
import { fence } from '../environments/lockEnvironment';
import { DRIFT_REQUESTS, DRIFTS } from './row';

/** Forgets an environment, and what was asked for it; a frozen process forgets nothing of a newer one. */
export async function removeDrift(
  { db }: TransactionContext,
  environment: string,
  lease: Lease | undefined,
): Promise<void> {
  await fence(db, lease);
  await db(DRIFT_REQUESTS).where({ environment }).delete();
  await db(DRIFTS).where({ environment }).delete();
}
