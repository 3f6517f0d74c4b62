import type { Knex } from 'knex';

/** A connection or a transaction on it. */
export type Db = Knex | Knex.Transaction;

/** True on PostgreSQL, false on SQLite: the only two that are supported. */
export function isPostgres(db: Db): boolean {
  return db.client.config.client === 'pg';
}

/** Rows of a raw query, which the two drivers wrap differently. */
export function rowsOf<T>(result: unknown): T[] {
  return Array.isArray(result) ? result : (result as { rows: T[] }).rows;
}

/** True when a write was refused because a unique index has that value already. */
export function isUniqueViolation(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return (
    code === '23505' ||
    code === 'SQLITE_CONSTRAINT_UNIQUE' ||
    code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  );
}

/** True when PostgreSQL rolled the transaction back only because of another one: the same work may be tried again. */
export function isTransient(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return code === '40P01' || code === '40001';
}
