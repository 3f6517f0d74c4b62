import type { PipelineRunItem } from '@slipway/plugin-slipway-node';
import type { GithubApi, GithubRepository, GithubRun } from './GithubApi';
import { type KnownJob, runId, shapeRun, stateOf } from './shapeRun';

interface KnownRun {
  run: GithubRun;
  jobs: KnownJob[];
  jobsEtag?: string;
  /** Jobs of this state of the run are known to their end. */
  settled: boolean;
}

/** The newest runs of one repository, as GitHub told them last. */
export class WatchedRepository {
  /** In GitHub's order: newest first. */
  private known = new Map<number, KnownRun>();
  private etag: string | undefined;

  constructor(
    readonly key: string,
    readonly repository: GithubRepository,
    private readonly api: GithubApi,
  ) {}

  /**
   * Asks what has changed; an answer that GitHub calls unchanged costs nothing of its rate limit. All of it is shown, or,
   * when something fails on the way, nothing.
   */
  async refresh(limit: number): Promise<void> {
    const answer = await this.api.listRuns(this.repository, {
      limit,
      ...(this.etag && { etag: this.etag }),
    });
    const before = this.known;
    const runs = answer.changed
      ? answer.value.slice(0, limit)
      : [...before.values()].map(({ run }) => run);
    const next = new Map<number, KnownRun>();
    for (const run of runs) {
      const old = before.get(run.id);
      const same =
        old?.run.updated_at === run.updated_at &&
        old.run.run_attempt === run.run_attempt;
      next.set(
        run.id,
        same && old.settled ? old : await this.withJobs(run, old),
      );
    }
    this.known = next;
    if (answer.changed) this.etag = answer.etag;
  }

  /** Newest first. */
  runs(): PipelineRunItem[] {
    return [...this.known.values()].map(({ run, jobs }) =>
      shapeRun(this.key, run, jobs),
    );
  }

  find(id: string): GithubRun | undefined {
    return [...this.known.values()].find(
      ({ run }) => runId(this.key, run.id) === id,
    )?.run;
  }

  /** Something is under way: it is worth looking again soon. */
  active(): boolean {
    return [...this.known.values()].some(({ run }) =>
      ['queued', 'running'].includes(stateOf(run.status, run.conclusion)),
    );
  }

  /** It was asked for again; GitHub shows it a moment later. */
  markRerun(run: number): void {
    const one = this.known.get(run);
    if (!one) return;
    one.run = {
      ...one.run,
      status: 'queued',
      conclusion: null,
      run_attempt: (one.run.run_attempt ?? 1) + 1,
    };
    one.settled = false;
    this.etag = undefined;
  }

  private async withJobs(
    run: GithubRun,
    old: KnownRun | undefined,
  ): Promise<KnownRun> {
    const answer = await this.api.listJobs(this.repository, run.id, {
      ...(old?.jobsEtag && { etag: old.jobsEtag }),
    });
    const jobs: KnownJob[] = answer.changed ? [] : (old?.jobs ?? []);
    for (const job of answer.changed ? answer.value : []) {
      const before = old?.jobs.find(known => known.job.id === job.id);
      const failed =
        job.status === 'completed' &&
        stateOf(job.status, job.conclusion) === 'failed';
      const annotations =
        failed && before?.job.status !== 'completed'
          ? await this.annotations(job.id)
          : (before?.annotations ?? []);
      jobs.push({ job, annotations });
    }
    return {
      run,
      jobs,
      jobsEtag: answer.changed ? answer.etag : old?.jobsEtag,
      settled:
        run.status === 'completed' &&
        jobs.every(({ job }) => job.status === 'completed'),
    };
  }

  private async annotations(job: number) {
    try {
      return await this.api.listAnnotations(this.repository, job);
    } catch (error) {
      // They say why in better words, but need a permission of their own (checks: read).
      if (['NotAllowedError', 'NotFoundError'].includes((error as Error).name))
        return [];
      throw error;
    }
  }
}
