import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { isPostgres } from '../../dialect';
import { SourceRow, SOURCES } from './row';

/**
 * Reads the source and keeps it as it is until the transaction ends, so that what is decided from it still holds when
 * it is written. Survives two readers at once: the second waits here and then sees what the first one wrote.
 */
export async function lockSource(
  trx: Knex.Transaction,
  id: string,
): Promise<SourceRow> {
  const query = trx<SourceRow>(SOURCES).where({ id }).first();
  if (isPostgres(trx)) query.forUpdate();
  const row = await query;
  if (!row) {
    throw new NotFoundError(
      `Source ${id} is not registered; name it in the configuration.`,
    );
  }
  return row as SourceRow;
}
