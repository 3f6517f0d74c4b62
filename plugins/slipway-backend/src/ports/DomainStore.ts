import type { Transaction } from './Transaction';
import type { Lease } from './WorkQueue';

/** A domain and the service that holds it. */
export interface HeldDomain {
  domain: string;
  organization: string;
  service: string;
  claimedAt: Date;
}

/** A domain belongs to the first that holds it, also when two merges race. Domains are compared in lower case. */
export interface DomainStore {
  /**
   * Claims what is free and returns what others hold; empty means that all of them are ours now. To claim all or
   * none, hand in a transaction and roll it back. Fenced by a lease: nothing is claimed when that was lost.
   */
  claim(
    organization: string,
    service: string,
    domains: string[],
    options?: { trx?: Transaction; lease?: Lease },
  ): Promise<HeldDomain[]>;
  /**
   * Gives up all domains of the service but those to keep; returns the ones given up. Fenced in the same way, and by
   * the generation of the spec that says what to keep: nothing is given up once a newer one is recorded.
   */
  release(
    organization: string,
    service: string,
    options?: {
      keep?: string[];
      generation?: number;
      trx?: Transaction;
      lease?: Lease;
    },
  ): Promise<string[]>;
  /** What a service holds. */
  heldBy(
    organization: string,
    service: string,
    options?: { trx?: Transaction },
  ): Promise<HeldDomain[]>;
  /** Who holds which of these. */
  holders(
    domains: string[],
    options?: { trx?: Transaction },
  ): Promise<HeldDomain[]>;
}
