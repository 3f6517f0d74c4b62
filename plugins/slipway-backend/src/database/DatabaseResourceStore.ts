import type { Knex } from 'knex';
import type {
  ResourceIdentity,
  ResourceRecord,
  ResourceStore,
} from '../ports/ResourceStore';
import type { Transaction } from '../ports/Transaction';
import { listResources } from './operations/resources/listResources';

/** {@link ResourceStore} in the table `resources`. */
export class DatabaseResourceStore implements ResourceStore {
  static create(options: { db: Knex }): DatabaseResourceStore {
    return new DatabaseResourceStore(options.db);
  }

  private constructor(private readonly db: Knex) {}

  async get(
    identity: ResourceIdentity,
    options: { includeDeleted?: boolean; trx?: Transaction } = {},
  ): Promise<ResourceRecord | undefined> {
    const { includeDeleted, trx } = options;
    return (
      await listResources(trx ?? this.db, { identity, includeDeleted })
    )[0];
  }

  list(
    filter: {
      kind?: string;
      organization?: string;
      sourceId?: string;
      includeDeleted?: boolean;
    } = {},
    options: { trx?: Transaction } = {},
  ): Promise<ResourceRecord[]> {
    return listResources(options.trx ?? this.db, filter);
  }
}
