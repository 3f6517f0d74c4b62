import type {
  ResourceIdentity,
  ResourceRecord,
} from '../../../ports/ResourceStore';
import { fromJson, fromOptionalJson } from '../../json';
import { toDate, toOptionalDate } from '../../time';

export const RESOURCES = 'resources';

/** A row of `resources` as it comes out of either database. */
export interface ResourceRow {
  kind: string;
  organization: string;
  name: string;
  source_id: string;
  path: string;
  commit: string;
  text: string;
  value: string | null;
  valid_value: string | null;
  generation: number;
  problems: string;
  deleted_at: Date | number | null;
  updated_at: Date | number;
}

/** The columns that identify a resource. */
export function identityOf(row: ResourceIdentity): ResourceIdentity {
  return { kind: row.kind, organization: row.organization, name: row.name };
}

/** One text for an identity; names can't hold a slash. */
export function identityKey(row: ResourceIdentity): string {
  return `${row.kind}/${row.organization}/${row.name}`;
}

export function toResourceRecord(row: ResourceRow): ResourceRecord {
  return {
    ...identityOf(row),
    sourceId: row.source_id,
    path: row.path,
    commit: row.commit,
    text: row.text,
    value: fromOptionalJson(row.value),
    validValue: fromOptionalJson(row.valid_value),
    generation: row.generation,
    problems: fromJson(row.problems),
    deletedAt: toOptionalDate(row.deleted_at),
    updatedAt: toDate(row.updated_at),
  };
}
