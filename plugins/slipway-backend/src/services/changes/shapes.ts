import {
  ApiChangeRequest,
  ApiChangeRequestDetails,
  ApiPlan,
} from '@slipway/plugin-slipway-common';
import {
  ChangeComment,
  HostedChange,
  HostedPullRequest,
} from '@slipway/plugin-slipway-node';
import { deliveredEnvironment } from '../../domain/platform/delivery';
import { locate } from '../../domain/platform/PlatformState';
import { redact } from '../../domain/redact';
import { ChangeIntent } from '../../ports/ChangeIntentStore';

/** Branches of change requests; what follows is the subject. */
export const BRANCH_PREFIX = 'slipway/';

export function skeletonState(
  intent: ChangeIntent,
): NonNullable<ApiChangeRequestDetails['skeleton']> {
  const failed = intent.state !== 'done' && intent.lastError;
  const waiting = failed ? 'failed' : 'pending';
  return {
    repository: redact(intent.skeleton!.repository.url),
    files: intent.skeleton!.files.map(file => file.path),
    state: intent.state === 'done' ? 'done' : waiting,
    ...(intent.lastError ? { message: intent.lastError } : {}),
  };
}

/** The pull request without what only Slipway itself needs to know. */
export function shownPull({
  told: _,
  ...pullRequest
}: HostedPullRequest): NonNullable<ApiChangeRequestDetails['pullRequest']> {
  return pullRequest;
}

/** What the state alone allows; rights are added by the decorator. */
export function allowedByState(
  change: HostedChange,
  conflicts: string[],
  plan: ApiPlan,
  /** Who has yet to agree. */
  missing?: string,
  /** Why it isn't the caller who approves it. */
  refused?: string,
): ApiChangeRequestDetails['allowed'] {
  const open = change.state === 'open';
  const reasons: Record<string, string> = {};
  const say = (actions: string[], reason: string) =>
    actions.forEach(action => (reasons[action] ??= reason));
  if (!open) say(['approve', 'merge', 'close'], `It is ${change.state}.`);
  if (conflicts.length > 0)
    say(['merge'], `It conflicts with the base in ${conflicts.join(', ')}.`);
  if (plan.problems.some(p => p.severity === 'error'))
    say(['merge'], 'Its files have errors.');
  if (denialsOf(plan).length > 0) say(['merge'], 'Policy denies it.');
  if (missing !== undefined) say(['merge'], missing);
  if (refused !== undefined) say(['approve'], refused);
  return {
    comment: true,
    approve: open && !reasons.approve,
    merge: open && !reasons.merge,
    close: open,
    reasons,
  };
}

export function denialsOf(plan: ApiPlan): string[] {
  return plan.environments.flatMap(environment =>
    environment.verdicts
      .filter(
        verdict => verdict.result === 'deny' || verdict.result === 'error',
      )
      .map(
        verdict =>
          `${environment.environment}: ${verdict.message}${verdict.fix ? ` Fix: ${verdict.fix}` : ''}`,
      ),
  );
}

export function approvers(
  comments: ChangeComment[],
  headCommit: string,
): number {
  return new Set(
    comments
      .filter(c => c.verdict === 'approved' && c.headCommit === headCommit)
      .map(c => c.author),
  ).size;
}

export function shape(
  change: HostedChange,
  paths: string[],
  approvals: number,
): ApiChangeRequest {
  const organizations = new Set(paths.map(organizationOf));
  const [organization] = organizations;
  return {
    id: change.id,
    number: change.number,
    subject: change.branch.startsWith(BRANCH_PREFIX)
      ? change.branch.slice(BRANCH_PREFIX.length)
      : change.branch,
    title: change.title,
    description: change.description,
    state: change.state,
    author: change.author,
    ...(organizations.size === 1 && organization ? { organization } : {}),
    paths,
    branch: change.branch,
    baseCommit: change.baseCommit,
    headCommit: change.headCommit,
    ...(change.mergeCommit ? { mergeCommit: change.mergeCommit } : {}),
    ...(change.url ? { url: change.url } : {}),
    repository: redact(change.repository.url),
    createdAt: change.createdAt,
    updatedAt: change.updatedAt,
    approvals,
  };
}

/** The organization that a path of a platform or a GitOps repository belongs to; empty for the platform team's. */
function organizationOf(path: string): string {
  const delivered = deliveredEnvironment(path);
  if (delivered) return delivered.organization;
  const place = locate(path);
  return 'problem' in place ? '' : place.organization;
}
