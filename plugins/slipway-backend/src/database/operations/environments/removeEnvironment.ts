import type { Lease } from '../../../ports/WorkQueue';
import type { TransactionContext } from '../../context';
import { fence } from './lockEnvironment';
import { ENVIRONMENTS } from './row';

/**
 * Forgets an environment that is torn down. Survives the race with somebody who declares it again: that write moves
 * the revision, and what has moved stays. Its approvals and its timeline stay, too.
 */
export async function removeEnvironment(
  { db }: TransactionContext,
  key: string,
  revision: number,
  lease: Lease | undefined,
): Promise<boolean> {
  await fence(db, lease);
  return (await db(ENVIRONMENTS).where({ key, revision }).delete()) > 0;
}
