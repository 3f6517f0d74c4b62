import type {
  HeldSnapshot,
  SourceRecord,
  SourceRole,
  SourceState,
} from '../../../ports/SourceStore';
import { fromJson, fromOptionalJson, toOptionalJson } from '../../json';
import { toOptionalDate } from '../../time';

export const SOURCES = 'sources';

/** A row of `sources` as it comes out of either database. */
export interface SourceRow {
  id: string;
  role: SourceRole;
  url: string;
  branch: string;
  state: SourceState;
  head_commit: string | null;
  read_at: Date | number | null;
  error: string | null;
  held: string | null;
  conflicts: string;
  lease_token: string | null;
  leased_until: Date | number | null;
  updated_at: Date | number;
}

type StoredHeld = Omit<HeldSnapshot, 'since' | 'confirmed'> & {
  since: string;
  confirmed?: { by: string; at: string };
};

export function fromHeld(text: string | null): HeldSnapshot | undefined {
  const held = fromOptionalJson<StoredHeld>(text);
  return (
    held && {
      ...held,
      since: new Date(held.since),
      confirmed: held.confirmed && {
        by: held.confirmed.by,
        at: new Date(held.confirmed.at),
      },
    }
  );
}

export function toHeld(held: HeldSnapshot | undefined): string | null {
  const stored: StoredHeld | undefined = held && {
    ...held,
    since: held.since.toISOString(),
    confirmed: held.confirmed && {
      by: held.confirmed.by,
      at: held.confirmed.at.toISOString(),
    },
  };
  return toOptionalJson(stored);
}

export function toSourceRecord(row: SourceRow): SourceRecord {
  return {
    id: row.id,
    role: row.role,
    url: row.url,
    branch: row.branch,
    state: row.state,
    headCommit: row.head_commit ?? undefined,
    readAt: toOptionalDate(row.read_at),
    error: row.error ?? undefined,
    held: fromHeld(row.held),
    conflicts: fromJson(row.conflicts),
  };
}
