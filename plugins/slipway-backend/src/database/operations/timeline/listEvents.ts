import type { TimelineEvent } from '../../../ports/TimelineStore';
import type { Db } from '../../dialect';
import { fromOptionalJson } from '../../json';
import { toDate } from '../../time';

interface TimelineRow {
  id: number | string;
  subject: string;
  at: Date | number;
  type: string;
  reason: string;
  title: string;
  actor: string | null;
  change_id: string | null;
  commit: string | null;
  revision: string | null;
  data: string | null;
  dedupe_key: string;
}

/** Reads events, newest first: one statement, so a page has neither gaps nor repetitions. */
export async function listEvents(
  db: Db,
  filter: {
    subjects?: string[];
    organization?: string;
    changeId?: string;
    commit?: string;
    before?: number;
    limit: number;
  },
): Promise<TimelineEvent[]> {
  const query = db<TimelineRow>('timeline')
    .select('*')
    .orderBy('id', 'desc')
    .limit(filter.limit);
  if (filter.subjects) query.whereIn('subject', filter.subjects);
  if (filter.organization !== undefined) {
    const { organization } = filter;
    // Names of organizations hold no wildcards: they are lower-case letters, digits and hyphens.
    query.where(of =>
      of
        .where('subject', `organization:${organization}`)
        .orWhere('subject', 'like', `service:${organization}/%`)
        .orWhere('subject', 'like', `environment:${organization}/%`),
    );
  }
  if (filter.changeId !== undefined) query.where('change_id', filter.changeId);
  if (filter.commit !== undefined) query.where('commit', filter.commit);
  if (filter.before !== undefined) query.where('id', '<', filter.before);
  const rows: TimelineRow[] = await query;
  return rows.map(row => ({
    id: Number(row.id),
    subject: row.subject,
    at: toDate(row.at),
    type: row.type,
    reason: row.reason,
    title: row.title,
    actor: row.actor ?? undefined,
    changeId: row.change_id ?? undefined,
    commit: row.commit ?? undefined,
    revision: row.revision ?? undefined,
    data: fromOptionalJson(row.data),
    dedupeKey: row.dedupe_key,
  }));
}
