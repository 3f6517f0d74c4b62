import type { Approval } from '../../../ports/ApprovalStore';
import type { Db } from '../../dialect';
import { ApprovalRow, APPROVALS, toApproval } from './row';

/** Reads approvals, oldest first: one statement, so the count that a gate looks at is of one moment. */
export async function listApprovals(
  db: Db,
  filter: {
    environment?: string;
    environments?: string[];
    digest?: string;
    origin?: string;
    actor?: string;
  },
): Promise<Approval[]> {
  const query = db<ApprovalRow>(APPROVALS).select('*').orderBy(['at', 'id']);
  if (filter.environment !== undefined)
    query.where('environment', filter.environment);
  if (filter.environments) query.whereIn('environment', filter.environments);
  if (filter.digest !== undefined) query.where('digest', filter.digest);
  if (filter.origin !== undefined) query.where('origin', filter.origin);
  if (filter.actor !== undefined) query.where('actor', filter.actor);
  const rows: ApprovalRow[] = await query;
  return rows.map(toApproval);
}
