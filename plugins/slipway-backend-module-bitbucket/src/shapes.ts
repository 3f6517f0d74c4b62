import type {
  CommitCheck,
  PullRequest,
  PullRequestReview,
} from '@slipway/plugin-slipway-node';
import { createHash } from 'node:crypto';

/** Somebody, as Bitbucket names them; there is no login any more. */
interface Account {
  uuid?: string;
  nickname?: string;
  display_name?: string;
}

/** Where a pull request comes from or goes to. */
interface Endpoint {
  branch: { name: string };
  /** Missing when the branch is gone; its hash is short. */
  commit?: { hash: string } | null;
  /** Missing when the fork was deleted. */
  repository?: { full_name: string } | null;
}

/** What of a pull request is read. */
export interface BitbucketPull {
  id: number;
  title: string;
  description?: string | null;
  state: 'OPEN' | 'MERGED' | 'DECLINED' | 'SUPERSEDED';
  author?: Account | null;
  source: Endpoint;
  destination: Endpoint;
  merge_commit?: { hash: string } | null;
  updated_on: string;
  links: { html: { href: string } };
  /** Those two only when it is asked for alone. */
  reviewers?: Account[];
  participants?: Array<{
    user: Account;
    state?: 'approved' | 'changes_requested' | null;
    participated_on?: string | null;
  }>;
}

/** A commit status; the last one of a key counts. */
export interface BitbucketStatus {
  key: string;
  name?: string | null;
  state: string;
  description?: string | null;
  url?: string | null;
}

/** A comment at a pull request. */
export interface BitbucketComment {
  id: number;
  deleted?: boolean;
  content: { raw: string };
}

/** A webhook of a repository. */
export interface BitbucketHook {
  uuid: string;
  url: string;
}

/** The page of the repository that a delivery is about. */
export function pageOfDelivery(payload: unknown): string | undefined {
  const { repository } = (payload ?? {}) as {
    repository?: { links?: { html?: { href?: unknown } } };
  };
  const page = repository?.links?.html?.href;
  return typeof page === 'string' ? page : undefined;
}

const STATES: Record<string, PullRequest['state']> = {
  OPEN: 'open',
  MERGED: 'merged',
};

/** The hashes of the answer are short: the full ones are asked for beside it. */
export function toPullRequest(
  pull: BitbucketPull,
  hashes: { head: string; merge?: string },
): PullRequest {
  const { source, destination } = pull;
  return {
    number: pull.id,
    url: pull.links.html.href,
    title: pull.title,
    description: pull.description ?? '',
    state: STATES[pull.state] ?? 'closed',
    author: loginOf(pull.author),
    branch: source.branch.name,
    base: destination.branch.name,
    headCommit: hashes.head,
    ...(hashes.merge && { mergeCommit: hashes.merge }),
    fork: source.repository?.full_name !== destination.repository?.full_name,
    updatedAt: pull.updated_on,
  };
}

/** Who only looked, or is asked to, has said nothing yet. */
export function reviewsOf({
  participants,
}: BitbucketPull): PullRequestReview[] {
  return (participants ?? []).flatMap(({ user, state, participated_on }) =>
    state
      ? {
          author: loginOf(user),
          verdict:
            state === 'approved'
              ? ('approved' as const)
              : ('changes-requested' as const),
          ...(participated_on && { at: participated_on }),
        }
      : [],
  );
}

const CHECK_STATES: Record<string, CommitCheck['state']> = {
  SUCCESSFUL: 'success',
  INPROGRESS: 'pending',
};

/** `page` is the commit's own: it stands where no address was given, as Bitbucket insists on one. */
export function toCheck(status: BitbucketStatus, page: string): CommitCheck {
  const { key, name, state, description, url } = status;
  return {
    name: name || key,
    state: CHECK_STATES[state] ?? 'failure',
    ...(description && { description }),
    ...(url && url !== page && { url }),
  };
}

/** As Bitbucket calls it in a commit status. */
export function toStatus(state: CommitCheck['state']): string {
  return { success: 'SUCCESSFUL', failure: 'FAILED', pending: 'INPROGRESS' }[
    state
  ];
}

/** Bitbucket takes so many characters. */
const MAX_KEY = 40;

/** What a status of this name is told apart by. */
export function keyOf(name: string): string {
  if (name.length <= MAX_KEY) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, MAX_KEY - hash.length - 1)}-${hash}`;
}

/**
 * Bitbucket shows HTML as it is written: the marker becomes a link definition that nothing refers to, which stays
 * invisible, and what folds becomes a heading.
 */
export function toMarkdown(marker: string, body: string): string {
  const name = marker.replace(/^<!--\s*|\s*-->$/g, '');
  return [
    `[//]: # (${name})`,
    '',
    body
      .replace(/^<details><summary>(.*)<\/summary>$/gm, '**$1**')
      .replace(/^<\/details>$/gm, '')
      .trim(),
  ].join('\n');
}

/** Whether a comment is the one of the marker. */
export function hasMarker(raw: string, marker: string): boolean {
  return raw.startsWith(toMarkdown(marker, '').trim());
}

/** A name that can stand where others have a login. */
function loginOf(account: Account | null | undefined): string {
  const name = account?.nickname ?? account?.display_name ?? account?.uuid;
  return (
    (name ?? '').replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '') || 'somebody'
  );
}
