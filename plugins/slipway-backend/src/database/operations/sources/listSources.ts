import type { SourceRecord, SourceRole } from '../../../ports/SourceStore';
import type { Db } from '../../dialect';
import { SourceRow, SOURCES, toSourceRecord } from './row';

/** Reads sources in the order of their id: one statement, so the answer is of one moment. */
export async function listSources(
  db: Db,
  filter: { id?: string; role?: SourceRole },
): Promise<SourceRecord[]> {
  const query = db<SourceRow>(SOURCES).select('*').orderBy('id');
  if (filter.id !== undefined) query.where('id', filter.id);
  if (filter.role !== undefined) query.where('role', filter.role);
  const rows: SourceRow[] = await query;
  return rows.map(toSourceRecord);
}
