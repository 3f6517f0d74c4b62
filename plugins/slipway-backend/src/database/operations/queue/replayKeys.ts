import { randomUUID } from 'node:crypto';
import type { DatabaseContext } from '../../context';
import { QUEUE_ITEMS } from './row';

/** Keys a statement, below the number of bindings that both databases take. */
const CHUNK = 1_000;

/**
 * Makes dead letters due again with all their attempts. Survives two replays at once, and a mark that was faster:
 * only a row that is still dead is touched, so nothing is counted twice.
 */
export async function replayKeys(
  { db, clock }: DatabaseContext,
  keys: string[],
): Promise<number> {
  const sorted = [...new Set(keys)].sort();
  let replayed = 0;
  for (let start = 0; start < sorted.length; start += CHUNK) {
    replayed += await db(QUEUE_ITEMS)
      .whereIn('key', sorted.slice(start, start + CHUNK))
      .whereNotNull('dead_since')
      .update({
        ticket: randomUUID(),
        dead_since: null,
        attempts: 0,
        due_at: clock.sql(db),
        claimable_at: clock.sql(db),
        updated_at: clock.sql(db),
      });
  }
  return replayed;
}
