import type { ChangeIntentState } from '../../../ports/ChangeIntentStore';
import type { DatabaseContext } from '../../context';
import { CHANGE_INTENTS } from './row';

type Target = Exclude<ChangeIntentState, 'pending'>;

/** The states that each state can be reached from. */
const FROM: Record<Target, ChangeIntentState[]> = {
  merged: ['pending'],
  done: ['pending', 'merged'],
  dropped: ['pending'],
};

/**
 * Moves an intent on. Survives a merge and a close at once, and a step that is repeated: the state that it comes from
 * is compared in the one statement that writes, so the first one decides.
 */
export async function moveIntent(
  { db, clock }: DatabaseContext,
  id: string,
  state: Target,
): Promise<boolean> {
  const moved = await db(CHANGE_INTENTS)
    .where({ id })
    .whereIn('state', FROM[state])
    .update({
      state,
      attempts: 0,
      last_error: null,
      updated_at: clock.sql(db),
    });
  return moved > 0;
}
