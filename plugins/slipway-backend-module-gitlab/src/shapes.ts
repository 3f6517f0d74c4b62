import type {
  CommitStatusSchema,
  ExpandedMergeRequestSchema,
  MergeRequestSchema,
} from '@gitbeaker/rest';
import type { CommitCheck, PullRequest } from '@slipway/plugin-slipway-node';

const STATES: Record<string, PullRequest['state']> = {
  opened: 'open',
  // While it is being merged, nobody can change it.
  locked: 'open',
  merged: 'merged',
};

export function toPullRequest(
  request: MergeRequestSchema | ExpandedMergeRequestSchema,
): PullRequest {
  const mergeCommit = request.merge_commit_sha ?? request.squash_commit_sha;
  const state = STATES[request.state] ?? 'closed';
  return {
    number: request.iid,
    url: request.web_url,
    title: request.title,
    description: request.description ?? '',
    state,
    author: request.author.username,
    branch: request.source_branch,
    base: request.target_branch,
    headCommit: request.sha,
    // A fast-forward makes no commit of its own: the head is the last one of it.
    ...(state === 'merged' && { mergeCommit: mergeCommit ?? request.sha }),
    fork: request.source_project_id !== request.target_project_id,
    updatedAt: request.updated_at,
  };
}

const CHECK_STATES: Record<string, CommitCheck['state']> = {
  success: 'success',
  skipped: 'success',
  failed: 'failure',
  canceled: 'failure',
};

/** The last status of each name: with a higher id. */
export function checksOf(statuses: CommitStatusSchema[]): CommitCheck[] {
  const latest = new Map<string, CommitStatusSchema>();
  for (const status of statuses) {
    const known = latest.get(status.name);
    if (!known || status.id > known.id) latest.set(status.name, status);
  }
  return [...latest.values()].map(
    ({ name, status, description, target_url, allow_failure }) => ({
      name,
      state:
        status === 'failed' && allow_failure
          ? 'success'
          : (CHECK_STATES[status] ?? 'pending'),
      ...(description && { description }),
      ...(target_url && { url: target_url }),
    }),
  );
}

/** As GitLab calls it in a commit status. */
export function toStatus(
  state: CommitCheck['state'],
): 'pending' | 'success' | 'failed' {
  return state === 'failure' ? 'failed' : state;
}
