import type { SeenState, Told } from '../../../ports/LiveTopicStore';
import type { TransactionContext } from '../../context';
import { isPostgres, rowsOf } from '../../dialect';
import { readClock, toDate } from '../../time';

/** Rows of one statement; SQLite binds at most 32,766 values. */
const CHUNK = 500;

/**
 * Decides which of the subjects have to be told, and numbers the message.
 *
 * Survives replicas that see the same change at the same time: the row's state changes for the first of them only, and
 * the others, which waited for its transaction, see that it has been told. Rows are taken in the order of their
 * subjects, and the number last, so that two replicas never wait for each other. A process that ends between this and
 * the sending leaves a gap in the numbers, by which pages find out that they missed something.
 */
export async function tell(
  context: TransactionContext,
  options: {
    subjects: string[];
    seen: SeenState[];
    staleSince(subject: string, toldMsAgo: number): boolean;
  },
): Promise<Told> {
  const { db, clock } = context;
  const now = await readClock(db, clock);
  const told = new Set(options.subjects);
  const seen = [...options.seen].sort((a, b) =>
    a.subject < b.subject ? -1 : 1,
  );
  for (let from = 0; from < seen.length; from += CHUNK) {
    const chunk = seen.slice(from, from + CHUNK);
    const moved = await db('live_states')
      .insert(chunk.map(row => ({ ...row, moved_at: now })))
      .onConflict('subject')
      .merge(['state', 'moved_at'])
      .whereRaw('live_states.state <> excluded.state')
      .returning<Array<{ subject: string }>>('subject');
    for (const { subject } of moved) told.add(subject);
    const rest = chunk.filter(({ subject }) => !told.has(subject));
    if (rest.length === 0) continue;
    const rows = await db('live_states')
      .whereIn(
        'subject',
        rest.map(({ subject }) => subject),
      )
      .select<Array<{ subject: string; moved_at: Date | number }>>(
        'subject',
        'moved_at',
      );
    for (const { subject, moved_at: at } of rows)
      if (options.staleSince(subject, now.getTime() - toDate(at).getTime()))
        told.add(subject);
  }
  if (told.size === 0) return { subjects: [] };
  return { subjects: [...told], sequence: await nextSequence(context, now) };
}

async function nextSequence(
  { db }: TransactionContext,
  now: Date,
): Promise<number> {
  const result = await db.raw(
    `insert into live_messages (id, sequence, sent_at) values (1, 1, ?)
     on conflict (id) do update set sequence = live_messages.sequence + 1, sent_at = excluded.sent_at
     returning sequence`,
    [isPostgres(db) ? now : now.getTime()],
  );
  // PostgreSQL hands bigints out as text.
  return Number(rowsOf<{ sequence: number | string }>(result)[0].sequence);
}
