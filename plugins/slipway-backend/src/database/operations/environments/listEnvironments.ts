import type { EnvironmentPhase } from '@slipway/plugin-slipway-common';
import type { EnvironmentRecord } from '../../../ports/EnvironmentStore';
import type { Db } from '../../dialect';
import { EnvironmentRow, ENVIRONMENTS, toEnvironmentRecord } from './row';

/** Reads environments in the order of the key: one statement, so the answer is of one moment. */
export async function listEnvironments(
  db: Db,
  filter: {
    key?: string;
    keys?: string[];
    organization?: string;
    service?: string;
    cluster?: string;
    phases?: EnvironmentPhase[];
    declared?: boolean;
  },
): Promise<EnvironmentRecord[]> {
  const query = db<EnvironmentRow>(ENVIRONMENTS).select('*').orderBy('key');
  if (filter.key !== undefined) query.where('key', filter.key);
  if (filter.keys) query.whereIn('key', filter.keys);
  if (filter.organization !== undefined)
    query.where('organization', filter.organization);
  if (filter.service !== undefined) query.where('service', filter.service);
  if (filter.cluster !== undefined) query.where('cluster', filter.cluster);
  if (filter.phases) query.whereIn('phase', filter.phases);
  if (filter.declared !== undefined) query.where('declared', filter.declared);
  const rows: EnvironmentRow[] = await query;
  return rows.map(toEnvironmentRecord);
}
