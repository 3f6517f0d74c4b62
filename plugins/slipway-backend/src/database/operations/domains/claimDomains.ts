import type { HeldDomain } from '../../../ports/DomainStore';
import type { Lease } from '../../../ports/WorkQueue';
import type { TransactionContext } from '../../context';
import { fence } from '../environments/lockEnvironment';
import { listDomains } from './listDomains';
import { DOMAINS, normalizeDomains } from './row';

/**
 * Claims domains that are free and says which ones are not.
 *
 * Survives two merges that race for one domain: the primary key makes the second insert wait for the end of the first
 * transaction and then does nothing, and the reading after it sees who was first. Both insert in the same order, so
 * neither waits for the other for ever. Survives a frozen process by its lease.
 */
export async function claimDomains(
  { db, clock }: TransactionContext,
  organization: string,
  service: string,
  domains: string[],
  lease?: Lease,
): Promise<HeldDomain[]> {
  await fence(db, lease);
  for (const domain of normalizeDomains(domains)) {
    await db(DOMAINS)
      .insert({ domain, organization, service, claimed_at: clock.sql(db) })
      .onConflict('domain')
      .ignore();
  }
  const held = await listDomains(db, domains);
  return held.filter(
    other => other.organization !== organization || other.service !== service,
  );
}
