import type { Db } from '../../dialect';
import { toDate } from '../../time';
import { EnvironmentRow, ENVIRONMENTS } from './row';

/**
 * Reads which writing of each environment is the latest, in the order of the key. An environment that was removed and
 * came back counts its revisions anew, so the moment of its making belongs to the version.
 */
export async function listVersions(
  db: Db,
): Promise<Array<{ key: string; version: string }>> {
  const rows = await db<EnvironmentRow>(ENVIRONMENTS)
    .select('key', 'revision', 'created_at')
    .orderBy('key');
  return rows.map(row => ({
    key: row.key,
    version: `${row.revision}@${toDate(row.created_at).getTime()}`,
  }));
}
