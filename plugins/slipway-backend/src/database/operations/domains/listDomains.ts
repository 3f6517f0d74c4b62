import type { HeldDomain } from '../../../ports/DomainStore';
import type { Db } from '../../dialect';
import { DomainRow, DOMAINS, normalizeDomains, toHeldDomain } from './row';

/** Reads what a service holds: one statement, so the answer is of one moment. */
export async function listDomainsOf(
  db: Db,
  organization: string,
  service: string,
): Promise<HeldDomain[]> {
  const rows: DomainRow[] = await db<DomainRow>(DOMAINS)
    .where({ organization, service })
    .orderBy('domain');
  return rows.map(toHeldDomain);
}

/** Says who holds which of these: one statement, so the answer is of one moment. */
export async function listDomains(
  db: Db,
  domains: string[],
): Promise<HeldDomain[]> {
  const rows: DomainRow[] = await db<DomainRow>(DOMAINS)
    .whereIn('domain', normalizeDomains(domains))
    .orderBy('domain');
  return rows.map(toHeldDomain);
}
