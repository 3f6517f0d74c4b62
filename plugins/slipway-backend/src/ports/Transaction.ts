import type { Knex } from 'knex';

/**
 * A running database transaction. Made by {@link Transactions}, handed on explicitly: SQLite has one connection,
 * so a query beside the transaction would wait for it for ever.
 */
export type Transaction = Knex.Transaction;

/** Runs writes of several stores as one. */
export interface Transactions {
  /**
   * Database work only: no Git, no cluster, no clock inside. `work` may run more than once when the database
   * breaks a deadlock, so it must not keep anything from a run that was rolled back.
   */
  run<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
}
