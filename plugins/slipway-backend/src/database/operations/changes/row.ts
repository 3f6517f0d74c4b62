import type {
  ChangeComment,
  ChangeState,
  HostedChange,
} from '@slipway/plugin-slipway-node';
import { toDate } from '../../time';

export const CHANGES = 'changes';
export const CHANGE_COMMENTS = 'change_comments';

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

export function toHostedChange(row: ChangeRow): HostedChange {
  return {
    id: row.id,
    number: row.number,
    repository: { url: row.repository_url, branch: row.repository_branch },
    branch: row.branch,
    title: row.title,
    description: row.description,
    state: row.state,
    author: row.author,
    baseCommit: row.base_commit,
    headCommit: row.head_commit,
    mergeCommit: row.merge_commit ?? undefined,
    createdAt: toDate(row.created_at).toISOString(),
    updatedAt: toDate(row.updated_at).toISOString(),
  };
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
