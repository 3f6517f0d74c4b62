import { ApprovalStore } from '../../ports/ApprovalStore';
import { PlannedChange } from '../plans/Planner';

/**
 * Who has yet to agree to a change of the GitOps repository, as a sentence; undefined when nobody has. What is merged
 * there runs before any reconciler sees it, so whoever has to agree to it has to have agreed before.
 */
export async function missingApproval(
  approvals: ApprovalStore,
  plans: PlannedChange['plans'],
): Promise<string | undefined> {
  for (const [environment, { approval, approvalDigest }] of plans) {
    if (!approval.required) continue;
    const given = await approvals.list({
      environment,
      digest: approvalDigest,
    });
    const { size } = new Set(given.map(({ actor }) => actor));
    if (size >= approval.count) continue;
    const who =
      approval.groups.length > 0
        ? `of ${approval.groups.join(', ')}`
        : 'who may approve';
    const what = approval.count === 1 ? 'approval' : 'approvals';
    return `${environment} needs ${approval.count} ${what} by somebody ${who}, and has ${size}. Approve this change request first.`;
  }
  return undefined;
}
