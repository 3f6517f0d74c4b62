/** A run, in GitHub's words; only what is read of it. */
export interface GithubRun {
  id: number;
  name?: string | null;
  display_title?: string;
  run_number: number;
  run_attempt?: number;
  event: string;
  status: string | null;
  conclusion: string | null;
  head_branch: string | null;
  head_sha: string;
  html_url: string;
  created_at: string;
  updated_at: string;
  run_started_at?: string;
}

/** A job of a run, in GitHub's words. */
export interface GithubJob {
  id: number;
  name: string;
  status: string;
  conclusion: string | null;
  started_at?: string | null;
  completed_at?: string | null;
  steps?: GithubStep[];
}

/** A step of a job, in GitHub's words. */
export interface GithubStep {
  number: number;
  name: string;
  status: string;
  conclusion: string | null;
  started_at?: string | null;
  completed_at?: string | null;
}

/** What GitHub says beside a job, e.g. why it failed. */
export interface GithubAnnotation {
  annotation_level: string | null;
  message: string | null;
}

/** An answer that may be the one that is known already. */
export type Conditional<T> =
  { changed: false } | { changed: true; value: T; etag?: string };

/** A repository: host, owner, name. */
export interface GithubRepository {
  /** `https://<host>/<owner>/<name>`. */
  url: string;
  owner: string;
  name: string;
}

/**
 * What is asked of GitHub. Errors are `@backstage/errors`: `NotAllowedError`, `NotFoundError`, `ConflictError` (it runs
 * already), and {@link RateLimitedError}; `ServiceUnavailableError` for the rest.
 */
export interface GithubApi {
  /** Newest first. */
  listRuns(
    repository: GithubRepository,
    options: { limit: number; etag?: string },
  ): Promise<Conditional<GithubRun[]>>;
  getRun(repository: GithubRepository, run: number): Promise<GithubRun>;
  /** Of its last attempt. */
  listJobs(
    repository: GithubRepository,
    run: number,
    options: { etag?: string },
  ): Promise<Conditional<GithubJob[]>>;
  listAnnotations(
    repository: GithubRepository,
    job: number,
  ): Promise<GithubAnnotation[]>;
  /** The log of a job, piece by piece. */
  readLog(repository: GithubRepository, job: number): AsyncIterable<Uint8Array>;
  rerun(
    repository: GithubRepository,
    run: number,
    options: { failedOnly: boolean },
  ): Promise<void>;
}

/** GitHub wants to be left alone until a time. */
export class RateLimitedError extends Error {
  name = 'RateLimitedError' as const;

  constructor(readonly until: Date) {
    super(`GitHub's rate limit is used up until ${until.toISOString()}`);
  }
}
