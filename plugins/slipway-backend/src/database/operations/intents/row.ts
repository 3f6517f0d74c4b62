import type {
  ChangeIntent,
  ChangeIntentState,
} from '../../../ports/ChangeIntentStore';
import { fromOptionalJson } from '../../json';
import { toDate } from '../../time';

export const CHANGE_INTENTS = 'change_intents';

/** A row of `change_intents` as it comes out of either database. */
export interface ChangeIntentRow {
  id: string;
  repository_url: string;
  branch: string;
  change_id: string | null;
  state: ChangeIntentState;
  skeleton: string | null;
  plan: string | null;
  attempts: number;
  last_error: string | null;
  created_at: Date | number;
  updated_at: Date | number;
}

export function toChangeIntent(row: ChangeIntentRow): ChangeIntent {
  return {
    id: row.id,
    repositoryUrl: row.repository_url,
    branch: row.branch,
    changeId: row.change_id ?? undefined,
    state: row.state,
    skeleton: fromOptionalJson(row.skeleton),
    plan: fromOptionalJson(row.plan),
    attempts: row.attempts,
    lastError: row.last_error ?? undefined,
    createdAt: toDate(row.created_at),
    updatedAt: toDate(row.updated_at),
  };
}
