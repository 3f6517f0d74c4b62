import type { Db } from '../../dialect';
import { QUEUE_ITEMS } from '../queue/row';
import { EPISODES } from './row';

/**
 * Whether people are told of anything of an environment, or somebody is about to look whether they are to be. Survives
 * the run that begins an episode meanwhile: its key is in the queue until the episode is written, and both are looked at
 * in one statement, so one of them is seen.
 */
export async function isFollowed(
  db: Db,
  environment: string,
  key: string,
): Promise<boolean> {
  const rows: unknown[] = await db(EPISODES)
    .select(db.raw('1 as one'))
    .where({ environment })
    .unionAll(db(QUEUE_ITEMS).select(db.raw('1 as one')).where({ key }))
    .limit(1);
  return rows.length > 0;
}
