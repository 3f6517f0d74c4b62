import type { DatabaseContext } from '../../context';
import { EPISODES } from './row';

/**
 * Notes that an episode is about to be sent, was sent, or has ended. Survives being repeated: the first time stays, so
 * a step that is taken again after a stop changes nothing.
 */
export async function markEpisode(
  { db, clock }: DatabaseContext,
  id: string,
  column: 'telling_at' | 'told_at' | 'ended_at',
  more: { outcome?: string } = {},
): Promise<void> {
  await db(EPISODES)
    .where({ id, [column]: null })
    .update({ [column]: clock.sql(db), ...more });
}
