import type { Lease } from '../../../ports/WorkQueue';
import { isPostgres } from '../../dialect';
import type { TransactionContext } from '../../context';
import { fence } from '../environments/lockEnvironment';
import { DomainRow, DOMAINS, normalizeDomains } from './row';

/**
 * Gives domains up. Survives the race with another release and with somebody who claims one: the rows are locked, a
 * domain that has a row can't be claimed, and only rows of this holder are deleted. Survives a frozen process, which
 * knows no more what the service uses, by its lease.
 */
export async function releaseDomains(
  { db }: TransactionContext,
  organization: string,
  service: string,
  keep: string[],
  lease?: Lease,
): Promise<string[]> {
  await fence(db, lease);
  const query = db<DomainRow>(DOMAINS)
    .select('domain')
    .where({ organization, service })
    .whereNotIn('domain', normalizeDomains(keep))
    .orderBy('domain');
  if (isPostgres(db)) query.forUpdate();
  const released = (await query).map(row => row.domain);
  if (released.length === 0) return [];
  await db(DOMAINS)
    .where({ organization, service })
    .whereIn('domain', released)
    .delete();
  return released;
}
