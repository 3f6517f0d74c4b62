import type {
  CommitCheck,
  PullRequest,
  PullRequestReview,
} from '@slipway/plugin-slipway-node';
import type {
  CommitStatus,
  PullRequest as GiteaPullRequest,
  PullReview,
} from 'gitea-js';

/** Gitea's description leaves every field open; those that it always sends are asked for with a word of what is wrong. */
function required<T>(value: T | undefined, field: string): T {
  if (value === undefined || value === null) {
    throw new TypeError(`Gitea sent a pull request without ${field}.`);
  }
  return value;
}

export function toPullRequest(pull: GiteaPullRequest): PullRequest {
  const head = required(pull.head, 'head');
  const base = required(pull.base, 'base');
  const ended = pull.merged ? 'merged' : 'closed';
  return {
    number: required(pull.number, 'number'),
    url: required(pull.html_url, 'html_url'),
    title: pull.title ?? '',
    description: pull.body ?? '',
    state: pull.state === 'open' ? 'open' : ended,
    author: pull.user?.login ?? 'ghost',
    branch: required(head.ref, 'head.ref'),
    base: required(base.ref, 'base.ref'),
    headCommit: required(head.sha, 'head.sha'),
    ...(pull.merged &&
      pull.merge_commit_sha && { mergeCommit: pull.merge_commit_sha }),
    fork: head.repo_id !== base.repo_id,
    updatedAt: pull.updated_at ?? new Date(0).toISOString(),
  };
}

const VERDICTS: Record<string, PullRequestReview['verdict']> = {
  APPROVED: 'approved',
  REQUEST_CHANGES: 'changes-requested',
  COMMENT: 'commented',
};

/** Undefined for what is no review yet: one that is pending, or asked for. */
export function toReview(review: PullReview): PullRequestReview | undefined {
  const verdict = VERDICTS[review.state ?? ''];
  if (!verdict || review.dismissed) return undefined;
  return {
    author: review.user?.login ?? review.team?.name ?? 'ghost',
    verdict,
    ...(review.submitted_at && { at: review.submitted_at }),
    ...(review.commit_id && { commit: review.commit_id }),
    ...(review.stale !== undefined && { stale: review.stale }),
  };
}

const STATES: Record<string, CommitCheck['state']> = {
  success: 'success',
  pending: 'pending',
  warning: 'success',
  failure: 'failure',
  error: 'failure',
};

/** The last status of each name; they come with the newest first. */
export function latestOfEach(statuses: CommitStatus[]): CommitCheck[] {
  const latest = new Map<string, CommitStatus>();
  for (const status of statuses) {
    const name = status.context ?? 'default';
    const known = latest.get(name);
    if (!known || (status.id ?? 0) > (known.id ?? 0)) latest.set(name, status);
  }
  return [...latest].map(([name, { status, description, target_url }]) => ({
    name,
    state: STATES[status ?? ''] ?? 'pending',
    ...(description && { description }),
    ...(target_url && { url: target_url }),
  }));
}
