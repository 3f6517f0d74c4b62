import type {
  ChangeIntent,
  ChangeIntentState,
} from '../../../ports/ChangeIntentStore';
import type { Db } from '../../dialect';
import { CHANGE_INTENTS, ChangeIntentRow, toChangeIntent } from './row';

/** Reads intents, oldest first: one statement, so the answer is of one moment. */
export async function listIntents(
  db: Db,
  filter: {
    id?: string;
    repositoryUrl?: string;
    branch?: string;
    changeId?: string;
    state?: ChangeIntentState;
  },
  limit: number,
): Promise<ChangeIntent[]> {
  const query = db<ChangeIntentRow>(CHANGE_INTENTS)
    .select('*')
    .orderBy(['created_at', 'id'])
    .limit(limit);
  if (filter.id !== undefined) query.where('id', filter.id);
  if (filter.repositoryUrl !== undefined)
    query.where('repository_url', filter.repositoryUrl);
  if (filter.branch !== undefined) query.where('branch', filter.branch);
  if (filter.changeId !== undefined) query.where('change_id', filter.changeId);
  if (filter.state !== undefined) query.where('state', filter.state);
  const rows: ChangeIntentRow[] = await query;
  return rows.map(toChangeIntent);
}
