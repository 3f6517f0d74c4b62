import type { RestEndpointMethodTypes } from '@octokit/rest';
import type {
  CommitCheck,
  PullRequest,
  PullRequestReview,
} from '@slipway/plugin-slipway-node';

type Methods = RestEndpointMethodTypes;
type Full = Methods['pulls']['get']['response']['data'];
type Listed = Methods['pulls']['list']['response']['data'][number];
type Review = Methods['pulls']['listReviews']['response']['data'][number];
type Status =
  Methods['repos']['listCommitStatusesForRef']['response']['data'][number];
type CheckRun =
  Methods['checks']['listForRef']['response']['data']['check_runs'][number];

/** GitHub refuses a title of several lines. */
export function withoutTitleBreaks(title: string): string {
  return title.replace(/\s+/g, ' ').trim();
}

export function toPullRequest(pull: Full | Listed): PullRequest {
  const ended = pull.merged_at ? 'merged' : 'closed';
  return {
    number: pull.number,
    url: pull.html_url,
    title: pull.title,
    description: pull.body ?? '',
    state: pull.state === 'open' ? 'open' : ended,
    author: pull.user?.login ?? 'ghost',
    branch: pull.head.ref,
    base: pull.base.ref,
    headCommit: pull.head.sha,
    // Before the merge it names a trial of GitHub's own.
    ...(pull.merged_at &&
      pull.merge_commit_sha && { mergeCommit: pull.merge_commit_sha }),
    // The fork may have been deleted since.
    fork: pull.head.repo?.id !== pull.base.repo.id,
    updatedAt: pull.updated_at,
  };
}

const VERDICTS: Record<string, PullRequestReview['verdict']> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  COMMENTED: 'commented',
};

/** Undefined for one that is pending or was dismissed. */
export function toReview(review: Review): PullRequestReview | undefined {
  const verdict = VERDICTS[review.state];
  return (
    verdict && {
      author: review.user?.login ?? 'ghost',
      verdict,
      ...(review.submitted_at && { at: review.submitted_at }),
      ...(review.commit_id && { commit: review.commit_id }),
    }
  );
}

const STATES: Record<string, CommitCheck['state']> = {
  success: 'success',
  neutral: 'success',
  skipped: 'success',
  pending: 'pending',
};

/** Statuses come with the newest first, of which the first of a name counts; check runs are asked for as the latest. */
export function checksOf(statuses: Status[], runs: CheckRun[]): CommitCheck[] {
  const checks = new Map<string, CommitCheck>();
  for (const { context, state, description, target_url } of statuses) {
    if (checks.has(context)) continue;
    checks.set(context, {
      name: context,
      state: STATES[state] ?? 'failure',
      ...(description && { description }),
      ...(target_url && { url: target_url }),
    });
  }
  for (const { name, status, conclusion, output, html_url } of runs) {
    checks.set(name, {
      name,
      state:
        status === 'completed'
          ? (STATES[conclusion ?? ''] ?? 'failure')
          : 'pending',
      ...(output.title && { description: output.title }),
      ...(html_url && { url: html_url }),
    });
  }
  return [...checks.values()];
}
