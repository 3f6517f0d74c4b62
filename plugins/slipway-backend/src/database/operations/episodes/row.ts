import type { Episode } from '../../../domain/episodes';
import { toDate, toOptionalDate } from '../../time';

export const EPISODES = 'episodes';

/** A row of `episodes` as it comes out of either database. */
export interface EpisodeRow {
  id: string;
  environment: string;
  kind: string;
  began_at: Date | number;
  ended_at: Date | number | null;
  outcome: string | null;
  telling_at: Date | number | null;
  told_at: Date | number | null;
}

export function toEpisode(row: EpisodeRow): Episode {
  return {
    id: row.id,
    environment: row.environment,
    kind: row.kind as Episode['kind'],
    beganAt: toDate(row.began_at),
    endedAt: toOptionalDate(row.ended_at),
    outcome: (row.outcome ?? undefined) as Episode['outcome'],
    tellingAt: toOptionalDate(row.telling_at),
    toldAt: toOptionalDate(row.told_at),
  };
}
