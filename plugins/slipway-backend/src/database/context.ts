import type { Knex } from 'knex';
import type { Transaction } from '../ports/Transaction';
import type { Db } from './dialect';
import { DatabaseClock, databaseClock } from './time';
import { DatabaseTransactions } from './transactions';

/** What every operation needs. */
export interface DatabaseContext {
  db: Db;
  clock: DatabaseClock;
}

/** The same, for operations that must be one with other writes. */
export interface TransactionContext extends DatabaseContext {
  db: Knex.Transaction;
}

/** What a store keeps: the connection and the clock. */
export interface StoreContext extends DatabaseContext {
  db: Knex;
}

/** What a store is made from. */
export interface StoreOptions {
  db: Knex;
  /** The database's own when absent. */
  clock?: DatabaseClock;
}

export function storeContext(options: StoreOptions): StoreContext {
  return { db: options.db, clock: options.clock ?? databaseClock };
}

/** Runs an operation in the transaction that the caller has, or in one of its own. */
export function inTransaction<T>(
  { db, clock }: StoreContext,
  trx: Transaction | undefined,
  operation: (context: TransactionContext) => Promise<T>,
): Promise<T> {
  return trx
    ? operation({ db: trx, clock })
    : DatabaseTransactions.create({ db }).run(own =>
        operation({ db: own, clock }),
      );
}
