import type {
  CommitCheck,
  HostedChange,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';

/** The GitOps repository among those whose pull requests are looked at; a platform repository has its source's id. */
export const GITOPS_PULLS = 'gitops';

/** `pulls:<id>`: the key that looks at the pull requests of a repository, and tells each what there is to say. */
export function pullsKey(id: string): string {
  return `pulls:${id}`;
}

/** What a look at a repository's pull requests has found. */
export interface ObservedPullRequests {
  /** Those that are open, as recorded now; also those that people opened at the host. */
  open: HostedChange[];
  /** Those that were merged or closed at the host since the last look. */
  ended: HostedChange[];
  /** Those that are left alone, and why. */
  ignored: Array<{ number: number; headCommit: string; reason: string }>;
}

/** What Slipway says of a change at its host. */
export interface PullRequestReport {
  /** Markdown. */
  comment: string;
  check: CommitCheck;
}

/** Port to the pull requests of the repositories that the portal works with. */
export interface PullRequests {
  /** Brings the records up to date with the host; undefined for a repository whose host keeps no pull requests. */
  observe(repository: RepositoryRef): Promise<ObservedPullRequests | undefined>;
  /** Says it once: a report that was told already is not told again. */
  tell(change: HostedChange, report: PullRequestReport): Promise<void>;
  /** Says of a commit why its pull request is left alone. */
  refuse(
    repository: RepositoryRef,
    headCommit: string,
    reason: string,
  ): Promise<void>;
}
