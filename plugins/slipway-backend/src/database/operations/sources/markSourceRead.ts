import type { DatabaseContext } from '../../context';
import { SOURCES } from './row';

/**
 * Says that the source was read and stands where it stood. Survives the race with a snapshot that moved the head:
 * the comparison fails, and nothing is said of a commit that is not the recorded one. What is held stays held.
 */
export async function markSourceRead(
  { db, clock }: DatabaseContext,
  id: string,
  headCommit: string,
): Promise<boolean> {
  const marked = await db(SOURCES)
    .where({ id, head_commit: headCommit })
    .update({
      read_at: clock.sql(db),
      state: 'ok',
      error: null,
      // The files that were missing are back: the head is the one that the store knows.
      held: null,
      updated_at: clock.sql(db),
    });
  return marked > 0;
}
