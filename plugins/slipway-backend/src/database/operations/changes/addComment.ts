import { randomUUID } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import type { ChangeComment } from '@slipway/plugin-slipway-node';
import type { TransactionContext } from '../../context';
import { isPostgres } from '../../dialect';
import { CHANGE_COMMENTS, CHANGES, CommentRow, toComment } from './row';

/**
 * Adds a comment at the end. Survives two people who write at once: the change is locked, so each gets a place of its
 * own, and both see them in the same order.
 */
export async function addComment(
  { db, clock }: TransactionContext,
  changeId: string,
  comment: Omit<ChangeComment, 'id' | 'at'>,
): Promise<ChangeComment> {
  const change = db(CHANGES).select('id').where({ id: changeId }).first();
  if (isPostgres(db)) change.forUpdate();
  if (!(await change)) {
    throw new NotFoundError(`There is no change request ${changeId}.`);
  }
  const [{ last }]: Array<{ last: number | null }> = await db(CHANGE_COMMENTS)
    .where({ change_id: changeId })
    .max({ last: 'position' });
  const [inserted]: CommentRow[] = await db(CHANGE_COMMENTS)
    .insert({
      id: randomUUID(),
      change_id: changeId,
      position: (last ?? 0) + 1,
      author: comment.author,
      at: clock.sql(db),
      body: comment.body,
      verdict: comment.verdict ?? null,
      head_commit: comment.headCommit ?? null,
    })
    .returning('*');
  return toComment(inserted);
}
