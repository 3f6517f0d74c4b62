import type { HeldDomain } from '../../../ports/DomainStore';
import { toDate } from '../../time';

export const DOMAINS = 'domains';

/** A row of `domains` as it comes out of either database. */
export interface DomainRow {
  domain: string;
  organization: string;
  service: string;
  claimed_at: Date | number;
}

export function toHeldDomain(row: DomainRow): HeldDomain {
  return {
    domain: row.domain,
    organization: row.organization,
    service: row.service,
    claimedAt: toDate(row.claimed_at),
  };
}

/** Domains in the one form and order in which they are stored and locked. */
export function normalizeDomains(domains: string[]): string[] {
  return [...new Set(domains.map(domain => domain.toLowerCase()))].sort();
}
