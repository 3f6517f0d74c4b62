import { randomUUID } from 'node:crypto';
import type { Approval } from '../../../ports/ApprovalStore';
import type { DatabaseContext } from '../../context';
import { ApprovalRow, APPROVALS, toApproval } from './row';

/**
 * Notes that somebody agreed. Survives a double click and two pages open at once: the unique index over environment,
 * digest and actor lets the first one in, and everybody gets that one.
 */
export async function recordApproval(
  { db, clock }: DatabaseContext,
  approval: Omit<Approval, 'id' | 'at'>,
): Promise<{ approval: Approval; created: boolean }> {
  const { environment, digest, actor, origin } = approval;
  const [created]: ApprovalRow[] = await db(APPROVALS)
    .insert({
      id: randomUUID(),
      environment,
      digest,
      actor,
      origin,
      at: clock.sql(db),
    })
    .onConflict(['environment', 'digest', 'actor'])
    .ignore()
    .returning('*');
  if (created) return { approval: toApproval(created), created: true };
  const first: ApprovalRow = await db(APPROVALS)
    .where({ environment, digest, actor })
    .first();
  return { approval: toApproval(first), created: false };
}
