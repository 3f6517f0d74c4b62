import type { Episode } from '../../../domain/episodes';
import type { Db } from '../../dialect';
import { EpisodeRow, EPISODES, toEpisode } from './row';

/** Reads the episodes of one environment, oldest first: one statement, so all of one moment. */
export async function listEpisodes(
  db: Db,
  environment: string,
): Promise<Episode[]> {
  const rows: EpisodeRow[] = await db<EpisodeRow>(EPISODES)
    .select('*')
    .where({ environment })
    .orderBy(['began_at', 'id']);
  return rows.map(toEpisode);
}
