import type { DatabaseContext } from '../../context';

/**
 * Takes the turn to say that nothing has happened.
 *
 * Survives replicas that want to say it at the same time: the update of one moves the time, and the condition of the
 * others is no longer true. Between messages it writes one row in the whole installation.
 */
export async function beat(
  { db, clock }: DatabaseContext,
  quietMs: number,
): Promise<number | undefined> {
  const [row] = await db('live_messages')
    .where({ id: 1 })
    .andWhere('sent_at', '<=', clock.sql(db, -quietMs))
    .update({ sent_at: clock.sql(db) })
    .returning<Array<{ sequence: number | string }>>('sequence');
  return row && Number(row.sequence);
}

/**
 * Makes the row that numbers the messages.
 *
 * Survives replicas that start at the same time: the first one's row stays.
 */
export async function ensureMessages({
  db,
  clock,
}: DatabaseContext): Promise<void> {
  await db('live_messages')
    .insert({ id: 1, sequence: 0, sent_at: clock.sql(db) })
    .onConflict('id')
    .ignore();
}
