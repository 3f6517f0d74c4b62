import type {
  ChangeComment,
  ChangeState,
  HostedChange,
  HostedPullRequest,
} from '@slipway/plugin-slipway-node';
import { fromOptionalJson } from '../../json';
import { toDate } from '../../time';

export const CHANGES = 'changes';
export const CHANGE_COMMENTS = 'change_comments';
export const CHANGE_EDITORS = 'change_editors';
export const PULL_REQUESTS = 'change_pull_requests';

/** What of a pull request nobody looks for. */
export type PullRequestDetails = Omit<HostedPullRequest, 'number' | 'url'>;

/** A row of `changes` as it comes out of either database. */
export interface ChangeRow {
  id: string;
  number: number;
  repository_url: string;
  repository_branch: string;
  branch: string;
  title: string;
  description: string;
  state: ChangeState;
  author: string;
  base_commit: string;
  head_commit: string;
  merge_commit: string | null;
  created_at: Date | number;
  updated_at: Date | number;
}

/** A row of `change_comments` as it comes out of either database. */
export interface CommentRow {
  id: string;
  change_id: string;
  position: number;
  author: string;
  at: Date | number;
  body: string;
  verdict: 'approved' | null;
  head_commit: string | null;
}

/** A row of `changes` beside that of its pull request, where it has one. */
export interface ListedChangeRow extends ChangeRow {
  pull_number: number | null;
  pull_url: string | null;
  pull_details: string | null;
}

/** People know a change by its number at its host, where that has one. */
export function toHostedChange(
  row: ChangeRow & Partial<ListedChangeRow>,
): HostedChange {
  const pullRequest = toPullRequest(row);
  return {
    id: row.id,
    number: pullRequest?.number ?? row.number,
    repository: { url: row.repository_url, branch: row.repository_branch },
    branch: row.branch,
    title: row.title,
    description: row.description,
    state: row.state,
    author: row.author,
    baseCommit: row.base_commit,
    headCommit: row.head_commit,
    mergeCommit: row.merge_commit ?? undefined,
    ...(pullRequest && { pullRequest, url: pullRequest.url }),
    createdAt: toDate(row.created_at).toISOString(),
    updatedAt: toDate(row.updated_at).toISOString(),
  };
}

function toPullRequest(
  row: Partial<ListedChangeRow>,
): HostedPullRequest | undefined {
  const details = fromOptionalJson<PullRequestDetails>(
    row.pull_details ?? null,
  );
  return details && row.pull_number && row.pull_url
    ? { ...details, number: row.pull_number, url: row.pull_url }
    : undefined;
}

export function toComment(row: CommentRow): ChangeComment {
  return {
    id: row.id,
    author: row.author,
    at: toDate(row.at).toISOString(),
    body: row.body,
    verdict: row.verdict ?? undefined,
    headCommit: row.head_commit ?? undefined,
  };
}
