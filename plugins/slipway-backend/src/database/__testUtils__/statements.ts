import type { Knex } from 'knex';

/** Thrown in place of the statement at which the process "stops". */
export class StoppedError extends Error {
  constructor() {
    super('The process stopped');
  }
}

const sqlOf = (statement: string | { sql: string }) =>
  (typeof statement === 'string' ? statement : statement.sql)
    .trim()
    .toUpperCase();

/**
 * Runs `work` again and again on a fresh state and stops it before its first, its second, … its last statement
 * (`BEGIN` and `COMMIT` among them), until it runs through; `check` is called after each stop. A stop is what a lost
 * connection is: nothing more is executed, and the database rolls back what is not committed.
 *
 * @returns At how many statements it was stopped.
 */
export async function stopAtEveryStatement<T>(options: {
  db: Knex;
  prepare: () => Promise<T>;
  work: (state: T) => Promise<unknown>;
  check: (state: T) => Promise<void>;
}): Promise<number> {
  const { config } = options.db.client;
  // A transaction has a client of its own, which shares the class and the configuration with the one of the database.
  const dialect = Object.getPrototypeOf(options.db.client);
  const query = dialect.query;
  for (let allowed = 0; ; allowed++) {
    const state = await options.prepare();
    let executed = 0;
    dialect.query = async function stoppable(
      connection: unknown,
      statement: string | { sql: string },
    ) {
      const sql = sqlOf(statement);
      const counts = this.config === config && !sql.startsWith('ROLLBACK');
      if (counts && executed++ >= allowed) {
        // The database does this by itself when the connection is gone; here the connection lives on.
        if (sql.startsWith('COMMIT'))
          await query.call(this, connection, 'ROLLBACK;');
        throw new StoppedError();
      }
      return query.call(this, connection, statement);
    };
    let stopped = false;
    try {
      await options.work(state);
    } catch (error) {
      if (!(error instanceof StoppedError)) throw error;
      stopped = true;
    } finally {
      dialect.query = query;
    }
    await options.check(state);
    if (!stopped) return allowed;
  }
}
