import { randomUUID } from 'node:crypto';
import type { Episode, EpisodeKind } from '../../../domain/episodes';
import type { DatabaseContext } from '../../context';
import { EpisodeRow, EPISODES, toEpisode } from './row';

/**
 * Begins an episode. Survives a step that is repeated after a stop, and a process that was frozen for longer than its
 * lease: the unique index over open episodes lets the first one in, and everybody gets that one.
 */
export async function beginEpisode(
  { db, clock }: DatabaseContext,
  environment: string,
  kind: EpisodeKind,
): Promise<Episode> {
  await db(EPISODES)
    .insert({ id: randomUUID(), environment, kind, began_at: clock.sql(db) })
    .onConflict(db.raw('(environment, kind) where ended_at is null'))
    .ignore();
  const row: EpisodeRow = await db(EPISODES)
    .where({ environment, kind, ended_at: null })
    .first();
  return toEpisode(row);
}
