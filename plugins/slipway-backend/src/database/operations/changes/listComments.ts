import type { ChangeComment } from '@slipway/plugin-slipway-node';
import type { Db } from '../../dialect';
import { CHANGE_COMMENTS, CommentRow, toComment } from './row';

/** Reads the comments of a change in the order in which they were made; one statement. */
export async function listComments(
  db: Db,
  changeId: string,
): Promise<ChangeComment[]> {
  const rows: CommentRow[] = await db<CommentRow>(CHANGE_COMMENTS)
    .where({ change_id: changeId })
    .orderBy('position');
  return rows.map(toComment);
}
