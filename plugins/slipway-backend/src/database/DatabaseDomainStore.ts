import type { DomainStore, HeldDomain } from '../ports/DomainStore';
import type { Transaction } from '../ports/Transaction';
import type { Lease } from '../ports/WorkQueue';
import {
  inTransaction,
  StoreContext,
  storeContext,
  StoreOptions,
} from './context';
import { claimDomains } from './operations/domains/claimDomains';
import { listDomains, listDomainsOf } from './operations/domains/listDomains';
import { releaseDomains } from './operations/domains/releaseDomains';

/** {@link DomainStore} in the table `domains`. */
export class DatabaseDomainStore implements DomainStore {
  static create(options: StoreOptions): DatabaseDomainStore {
    return new DatabaseDomainStore(storeContext(options));
  }

  private constructor(private readonly context: StoreContext) {}

  claim(
    organization: string,
    service: string,
    domains: string[],
    options: { trx?: Transaction; lease?: Lease } = {},
  ): Promise<HeldDomain[]> {
    return inTransaction(this.context, options.trx, context =>
      claimDomains(context, organization, service, domains, options.lease),
    );
  }

  release(
    organization: string,
    service: string,
    options: {
      keep?: string[];
      generation?: number;
      trx?: Transaction;
      lease?: Lease;
    } = {},
  ): Promise<string[]> {
    const { trx, ...what } = options;
    return inTransaction(this.context, trx, context =>
      releaseDomains(context, organization, service, what),
    );
  }

  heldBy(
    organization: string,
    service: string,
    options: { trx?: Transaction } = {},
  ): Promise<HeldDomain[]> {
    return listDomainsOf(options.trx ?? this.context.db, organization, service);
  }

  holders(
    domains: string[],
    options: { trx?: Transaction } = {},
  ): Promise<HeldDomain[]> {
    return listDomains(options.trx ?? this.context.db, domains);
  }
}
