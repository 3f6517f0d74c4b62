import type { ApiTimelineEntry } from '@slipway/plugin-slipway-common';

/** Rows of one change request, commit or revision, newest first. @internal */
export interface TimelineGroup {
  id: string;
  /** The commit or revision that joins the rows, where it is one. */
  revision?: string;
  newest: ApiTimelineEntry;
  rows: ApiTimelineEntry[];
  /** From its first row to its last. */
  tookMs: number;
}

const REVISION = /^(?:commit:|revision:)?((?:sha256:)?[0-9a-f]{7,64})$/;

/**
 * Joins rows by what correlates them. Groups and rows stand newest first; a row without correlation is its own group.
 *
 * @internal
 */
export function groupTimeline(entries: ApiTimelineEntry[]): TimelineGroup[] {
  const groups = new Map<string, ApiTimelineEntry[]>();
  const newestFirst = [...entries].sort((a, b) => b.at.localeCompare(a.at));
  for (const entry of newestFirst) {
    const id = entry.correlation ?? `row:${entry.id}`;
    const rows = groups.get(id);
    if (rows) {
      rows.push(entry);
    } else {
      groups.set(id, [entry]);
    }
  }
  return [...groups].map(([id, rows]) => ({
    id,
    revision: REVISION.exec(id)?.[1],
    newest: rows[0],
    rows,
    tookMs: Date.parse(rows[0].at) - Date.parse(rows[rows.length - 1].at),
  }));
}
