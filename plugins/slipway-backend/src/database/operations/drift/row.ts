import type { ObjectRef } from '../../../ports/Clusters';
import type {
  DriftCheck,
  DriftGlance,
  DriftRecord,
  PutBackRequest,
} from '../../../ports/DriftStore';
import { fromJson, fromOptionalJson } from '../../json';
import { toDate, toOptionalDate } from '../../time';

export const DRIFTS = 'drifts';
export const DRIFT_REQUESTS = 'drift_requests';

type Time = Date | number | string;

/** A row without what only one page needs. */
export interface GlanceRow {
  environment: string;
  state: DriftGlance['state'];
  since: Time | null;
  changed_at: Time;
  checked_at: Time | null;
  message: string | null;
  objects: number;
  fields: number;
}

export interface DriftRow extends GlanceRow {
  result: string;
  checks: string;
}

export interface DriftRequestRow {
  id: string;
  environment: string;
  actor: string;
  objects: string | null;
  at: Time;
}

export const GLANCE_COLUMNS: Array<keyof GlanceRow> = [
  'environment',
  'state',
  'since',
  'changed_at',
  'checked_at',
  'message',
  'objects',
  'fields',
];

export function toGlance(row: GlanceRow): DriftGlance {
  const { objects, fields } = row;
  return { ...common(row), objects, fields };
}

export function toDriftRecord(row: DriftRow): DriftRecord {
  return {
    ...common(row),
    drifted: fromJson<DriftRecord['drifted']>(row.result),
    checks: fromJson<Record<string, DriftCheck>>(row.checks),
  };
}

export function toRequest(row: DriftRequestRow): PutBackRequest {
  const objects = fromOptionalJson<ObjectRef[]>(row.objects);
  return {
    id: row.id,
    environment: row.environment,
    actor: row.actor,
    ...(objects && { objects }),
    at: toDate(row.at),
  };
}

function common(row: GlanceRow): Omit<DriftGlance, 'objects' | 'fields'> {
  const since = toOptionalDate(row.since);
  const checkedAt = toOptionalDate(row.checked_at);
  return {
    environment: row.environment,
    state: row.state,
    ...(since && { since }),
    changedAt: toDate(row.changed_at),
    ...(checkedAt && { checkedAt }),
    ...(row.message !== null && { message: row.message }),
  };
}
