import type { Approval } from '../../../ports/ApprovalStore';
import { toDate } from '../../time';

export const APPROVALS = 'approvals';

/** A row of `approvals` as it comes out of either database. */
export interface ApprovalRow extends Omit<Approval, 'at'> {
  at: Date | number;
}

export function toApproval(row: ApprovalRow): Approval {
  return { ...row, at: toDate(row.at) };
}
