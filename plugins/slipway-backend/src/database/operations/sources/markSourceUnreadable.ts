import type { DatabaseContext } from '../../context';
import { SOURCES } from './row';

/**
 * Says that the source can't be read. Survives any race, as it concludes nothing: resources, head and what is held
 * stay, and the next successful reading takes the message away.
 */
export async function markSourceUnreadable(
  { db, clock }: DatabaseContext,
  id: string,
  error: string,
): Promise<void> {
  await db(SOURCES)
    .where({ id })
    .update({ state: 'unreadable', error, updated_at: clock.sql(db) });
}
