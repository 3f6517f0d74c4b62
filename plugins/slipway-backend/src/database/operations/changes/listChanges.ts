import type {
  ChangeState,
  HostedChange,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import type { Db } from '../../dialect';
import { CHANGES, ListedChangeRow, PULL_REQUESTS, toHostedChange } from './row';

/** Reads changes, newest first: one statement, so the answer is of one moment. */
export async function listChanges(
  db: Db,
  filter: { id?: string; repository?: RepositoryRef; state?: ChangeState },
): Promise<HostedChange[]> {
  const query = db(CHANGES)
    .leftJoin(PULL_REQUESTS, `${PULL_REQUESTS}.change_id`, `${CHANGES}.id`)
    .select(
      `${CHANGES}.*`,
      `${PULL_REQUESTS}.number as pull_number`,
      `${PULL_REQUESTS}.url as pull_url`,
      `${PULL_REQUESTS}.details as pull_details`,
    )
    .orderBy(`${CHANGES}.number`, 'desc');
  if (filter.id !== undefined) query.where(`${CHANGES}.id`, filter.id);
  if (filter.repository) {
    query.where({
      repository_url: filter.repository.url,
      repository_branch: filter.repository.branch,
    });
  }
  if (filter.state !== undefined) query.where('state', filter.state);
  const rows: ListedChangeRow[] = await query;
  return rows.map(toHostedChange);
}
