import type { EnvironmentPhase } from '@slipway/plugin-slipway-common';
import type {
  EnvironmentPatch,
  EnvironmentRecord,
} from '../../../ports/EnvironmentStore';
import { fromJson, fromOptionalJson, toJson, toOptionalJson } from '../../json';
import { toDate } from '../../time';

export const ENVIRONMENTS = 'environments';

/** A row of `environments` as it comes out of either database. */
export interface EnvironmentRow {
  key: string;
  organization: string;
  service: string;
  name: string;
  class: string;
  cluster: string | null;
  namespace: string;
  phase: EnvironmentPhase;
  /** A number on SQLite. */
  declared: boolean | number;
  conditions: string;
  summary: string | null;
  applied_generation: number | null;
  renderer_version: string | null;
  digest: string | null;
  approval_digest: string | null;
  inventory: string;
  commit: string | null;
  created_at: Date | number;
  updated_at: Date | number;
  revision: number;
}

export function toEnvironmentRecord(row: EnvironmentRow): EnvironmentRecord {
  return {
    key: row.key,
    organization: row.organization,
    service: row.service,
    name: row.name,
    class: row.class,
    cluster: row.cluster ?? undefined,
    namespace: row.namespace,
    phase: row.phase,
    declared: Boolean(row.declared),
    conditions: fromJson(row.conditions),
    summary: fromOptionalJson(row.summary),
    appliedGeneration: row.applied_generation ?? undefined,
    rendererVersion: row.renderer_version ?? undefined,
    digest: row.digest ?? undefined,
    approvalDigest: row.approval_digest ?? undefined,
    inventory: fromJson(row.inventory),
    commit: row.commit ?? undefined,
    createdAt: toDate(row.created_at),
    updatedAt: toDate(row.updated_at),
    revision: row.revision,
  };
}

/** The columns that a patch would change; what is absent from the patch, or equal, is left out. */
export function changedColumns(
  row: EnvironmentRow,
  patch: EnvironmentPatch,
): Partial<EnvironmentRow> {
  const wanted: Partial<EnvironmentRow> = {
    class: patch.class,
    cluster: patch.cluster,
    phase: patch.phase,
    declared: patch.declared,
    conditions: patch.conditions && toJson(patch.conditions),
    summary:
      patch.summary === undefined ? undefined : toOptionalJson(patch.summary),
    applied_generation: patch.appliedGeneration,
    renderer_version: patch.rendererVersion,
    digest: patch.digest,
    approval_digest: patch.approvalDigest,
    inventory: patch.inventory && toJson(patch.inventory),
    commit: patch.commit,
  };
  const stored = { ...row, declared: Boolean(row.declared) };
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([column, value]) =>
        value !== undefined && value !== stored[column as keyof EnvironmentRow],
    ),
  );
}
