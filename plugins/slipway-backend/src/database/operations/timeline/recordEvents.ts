import type { TimelineEntry } from '../../../ports/TimelineStore';
import type { DatabaseContext } from '../../context';
import { toOptionalJson } from '../../json';

/** Rows a statement: SQLite takes no more in one insert. */
const CHUNK = 500;

/**
 * Tells what happened, once. Survives a step that is repeated after a stop, and two replicas that tell the same: the
 * unique index over subject and key of deduplication lets the first one in.
 */
export async function recordEvents(
  { db, clock }: DatabaseContext,
  entries: TimelineEntry[],
): Promise<number> {
  let recorded = 0;
  for (let start = 0; start < entries.length; start += CHUNK) {
    const inserted: unknown[] = await db('timeline')
      .insert(
        entries.slice(start, start + CHUNK).map(entry => ({
          subject: entry.subject,
          at: entry.at ?? clock.sql(db),
          type: entry.type,
          reason: entry.reason,
          title: entry.title,
          actor: entry.actor ?? null,
          change_id: entry.changeId ?? null,
          commit: entry.commit ?? null,
          revision: entry.revision ?? null,
          data: toOptionalJson(entry.data),
          dedupe_key: entry.dedupeKey,
        })),
      )
      .onConflict(['subject', 'dedupe_key'])
      .ignore()
      .returning('id');
    recorded += inserted.length;
  }
  return recorded;
}
