import type { Knex } from 'knex';
import type { Transaction, Transactions } from '../ports/Transaction';
import { isPostgres, isTransient } from './dialect';

/** A deadlock that comes back this often is a bug in the order of the writes, not bad luck. */
const MAX_RUNS = 5;

/** Longer than a process that is alive ever pauses between two statements; others wait for its rows meanwhile. */
const IDLE_MS = 20_000;

/** {@link Transactions} on a knex connection. */
export class DatabaseTransactions implements Transactions {
  static create(options: { db: Knex; idleMs?: number }): DatabaseTransactions {
    return new DatabaseTransactions(options.db, options.idleMs ?? IDLE_MS);
  }

  private constructor(
    private readonly db: Knex,
    private readonly idleMs: number,
  ) {}

  /**
   * Survives a deadlock: the database rolls one of the two back, and that one starts again, a few times. Survives a
   * replica that is frozen inside a transaction: its rows are the others' again when PostgreSQL has waited long enough.
   */
  async run<T>(work: (trx: Transaction) => Promise<T>): Promise<T> {
    for (let run = 1; ; run++) {
      try {
        return await this.db.transaction(async trx => {
          // SQLite has one process.
          if (isPostgres(trx))
            await trx.raw(
              `select set_config('idle_in_transaction_session_timeout', ?, true)`,
              [String(this.idleMs)],
            );
          return work(trx);
        });
      } catch (error) {
        if (!isTransient(error) || run === MAX_RUNS) throw error;
      }
    }
  }
}
