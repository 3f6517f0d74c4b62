import type { Db } from '../../dialect';
import { CHANGE_EDITORS } from './row';

/** Reads who has brought a change up to date, beside who opened it; one statement. */
export async function listEditors(db: Db, changeId: string): Promise<string[]> {
  const rows: Array<{ actor: string }> = await db(CHANGE_EDITORS)
    .select('actor')
    .where({ change_id: changeId })
    .orderBy('actor');
  return rows.map(({ actor }) => actor);
}
