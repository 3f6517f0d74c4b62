import type { Db } from '../../dialect';
import { EPISODES } from './row';

/** Removes an episode of which nothing is left to be told. Survives being repeated: what is gone stays gone. */
export async function removeEpisode(db: Db, id: string): Promise<void> {
  await db(EPISODES).where({ id }).delete();
}
