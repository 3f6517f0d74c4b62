import type { HostedPullRequest } from '@slipway/plugin-slipway-node';
import type { DatabaseContext } from '../../context';
import { toJson } from '../../json';
import { CHANGES, PULL_REQUESTS } from './row';

/**
 * Writes what the host of a change says of it; the last one who looked wins. The change itself stays as it is: nothing
 * of it has moved.
 */
export async function observeChange(
  { db }: DatabaseContext,
  id: string,
  { number, url, ...details }: HostedPullRequest,
): Promise<boolean> {
  if (!(await db(CHANGES).select('id').where({ id }).first())) return false;
  await db(PULL_REQUESTS)
    .insert({ change_id: id, number, url, details: toJson(details) })
    .onConflict('change_id')
    .merge();
  return true;
}
