import type { SourceRecord, SourceRole } from '../../../ports/SourceStore';
import type { TransactionContext } from '../../context';
import { lockSource } from './lockSource';
import { SourceRow, SOURCES, toSourceRecord } from './row';

/**
 * Registers a source, or takes over what configuration says of it now. With another URL or branch its head counts
 * for nothing, so it is read again; what was read stays until then, under the guard.
 *
 * Survives replicas that start at once: the second insert does nothing, and both write the same.
 */
export async function registerSource(
  { db, clock }: TransactionContext,
  source: { id: string; role: SourceRole; url: string; branch: string },
): Promise<SourceRecord> {
  await db(SOURCES)
    .insert({ ...source, updated_at: clock.sql(db) })
    .onConflict('id')
    .ignore();
  const row = await lockSource(db, source.id);
  const same =
    row.role === source.role &&
    row.url === source.url &&
    row.branch === source.branch;
  if (same) return toSourceRecord(row);

  const [moved]: SourceRow[] = await db(SOURCES)
    .where({ id: source.id })
    .update({
      ...source,
      head_commit: null,
      state: 'ok',
      error: null,
      held: null,
      updated_at: clock.sql(db),
    })
    .returning('*');
  return toSourceRecord(moved);
}
