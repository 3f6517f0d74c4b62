import type { DatabaseContext } from '../../context';
import { CHANGE_INTENTS } from './row';

/** Counts a try that failed. Survives two tries at once: the database adds, so both are counted. */
export async function recordIntentFailure(
  { db, clock }: DatabaseContext,
  id: string,
  error: string,
): Promise<void> {
  await db(CHANGE_INTENTS)
    .where({ id })
    .whereIn('state', ['pending', 'merged'])
    .update({
      attempts: db.raw('attempts + 1'),
      last_error: error,
      updated_at: clock.sql(db),
    });
}
