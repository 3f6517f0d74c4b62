import { randomUUID } from 'node:crypto';
import type { DatabaseContext } from '../../context';
import { QUEUE_ITEMS } from './row';

/** Rows a statement: SQLite takes no more in one insert. */
const CHUNK = 500;

/**
 * Makes keys due, one row a key however often it is marked.
 *
 * Survives the race with a run that is about to complete: the mark changes the ticket, and completion removes the
 * row only with the ticket that the run had claimed. It survives two transactions that mark the same keys, because
 * both take the rows in the order of the key. An earlier due time wins over a later one; a dead key comes back to life.
 */
export async function markKeys(
  { db, clock }: DatabaseContext,
  keys: string[],
  delayMs: number,
): Promise<void> {
  const ticket = randomUUID();
  const sorted = [...new Set(keys)].sort();
  for (let start = 0; start < sorted.length; start += CHUNK) {
    await db(QUEUE_ITEMS)
      .insert(
        sorted.slice(start, start + CHUNK).map(key => ({
          key,
          ticket,
          due_at: clock.sql(db, delayMs),
          claimable_at: clock.sql(db, delayMs),
          updated_at: clock.sql(db),
        })),
      )
      .onConflict('key')
      .merge({
        ticket,
        // A run that took the newest ticket has used its due time up, so there is nothing to compare with. What was given
        // back comes before that, and its run begins after this mark.
        due_at: db.raw(`case
          when queue_items.dead_since is not null
            or (queue_items.lease_token is not null and queue_items.ticket = queue_items.claimed_ticket)
            then excluded.due_at
          when queue_items.lease_token is null and queue_items.claimable_at < queue_items.due_at
            and queue_items.claimable_at < excluded.due_at
            then queue_items.claimable_at
          when excluded.due_at < queue_items.due_at then excluded.due_at
          else queue_items.due_at end`),
        claimable_at: db.raw(`case
          when queue_items.dead_since is null
            and (queue_items.lease_token is not null or queue_items.claimable_at <= excluded.due_at)
          then queue_items.claimable_at else excluded.due_at end`),
        attempts: db.raw(
          'case when queue_items.dead_since is null then queue_items.attempts else 0 end',
        ),
        dead_since: null,
        updated_at: db.raw('excluded.updated_at'),
      });
  }
}
