import type {
  ChangeState,
  HostedChange,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import type { Db } from '../../dialect';
import { ChangeRow, CHANGES, toHostedChange } from './row';

/** Reads changes, newest first: one statement, so the answer is of one moment. */
export async function listChanges(
  db: Db,
  filter: { id?: string; repository?: RepositoryRef; state?: ChangeState },
): Promise<HostedChange[]> {
  const query = db<ChangeRow>(CHANGES).select('*').orderBy('number', 'desc');
  if (filter.id !== undefined) query.where('id', filter.id);
  if (filter.repository) {
    query.where({
      repository_url: filter.repository.url,
      repository_branch: filter.repository.branch,
    });
  }
  if (filter.state !== undefined) query.where('state', filter.state);
  const rows: ChangeRow[] = await query;
  return rows.map(toHostedChange);
}
