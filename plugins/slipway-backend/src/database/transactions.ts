import type { Knex } from 'knex';
import type { Transaction, Transactions } from '../ports/Transaction';
import { isTransient } from './dialect';

/** A deadlock that comes back this often is a bug in the order of the writes, not bad luck. */
const MAX_RUNS = 5;

/** {@link Transactions} on a knex connection. */
export class DatabaseTransactions implements Transactions {
  static create(options: { db: Knex }): DatabaseTransactions {
    return new DatabaseTransactions(options.db);
  }

  private constructor(private readonly db: Knex) {}

  /** Survives a deadlock: the database rolls one of the two back, and that one starts again, a few times. */
  async run<T>(work: (trx: Transaction) => Promise<T>): Promise<T> {
    for (let run = 1; ; run++) {
      try {
        return await this.db.transaction(work);
      } catch (error) {
        if (!isTransient(error) || run === MAX_RUNS) throw error;
      }
    }
  }
}
