import { isDeepStrictEqual } from 'node:util';
import { livePhase } from '../domain/environment/livePhase';
import {
  isShownLive,
  LIVE_STATIONS,
  TIMED_REASONS,
} from '../domain/live/shownLive';
import type { EnvironmentRecord } from '../ports/EnvironmentStore';
import type { EnvironmentSummary } from '../ports/EnvironmentSummary';

/**
 * Tells a write of a record that shows something new from one that only keeps what the watches have seen: of that, open
 * pages were told when it was seen, and were shown it from memory. Without this, each change in a cluster would make all
 * of them ask twice. Who leans on the record, for lack of watches that answer, hears of every write.
 */
export function isNews(
  before: EnvironmentRecord,
  after: EnvironmentRecord,
): boolean {
  return !isDeepStrictEqual(shownOf(before), shownOf(after));
}

/** What pages show of a record, and can't know from the watches. */
function shownOf(record: EnvironmentRecord): object {
  const { revision: _, updatedAt: __, conditions, phase, ...rest } = record;
  const {
    live: ___,
    synced: ____,
    ...summary
  } = (record.summary ?? {}) as Partial<EnvironmentSummary>;
  const live = isShownLive(record);
  return {
    ...rest,
    summary,
    phase: live && livePhase(conditions) ? undefined : phase,
    conditions: conditions.flatMap<object>(condition => {
      const { type, reason } = condition;
      if (!live || !LIVE_STATIONS.includes(type)) return [condition];
      return TIMED_REASONS.includes(reason) ? [{ type, reason }] : [];
    }),
  };
}
