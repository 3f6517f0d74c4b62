import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type HostedPipelineEngine,
  type PipelineHost,
  type PipelineLog,
  type PipelineRepository,
  type PipelineRunItem,
  repositoryKey,
  type RepositoryRuns,
  type RerunRequest,
} from '@slipway/plugin-slipway-node';
import pLimit from 'p-limit';
import { type GithubApi, RateLimitedError } from './GithubApi';
import type { GithubActionsSettings } from './settings';
import { runId, stateOf, stepAddress } from './shapeRun';
import { tailOf } from './tailOf';
import { WatchedRepository } from './WatchedRepository';

/** How often it is looked which repositories are due; declarations change rarely, and this costs no call. */
const TICK_MS = 1_000;
/** Repositories asked at once. */
const CONCURRENCY = 4;
/** The first wait after an error; doubles up to the poll's own pace, with full jitter. */
const RETRY_MS = 5_000;
/** Keys of re-runs that are remembered. */
const MAX_KEYS = 1_000;

interface Watched {
  source: WatchedRepository;
  dueAt: number;
  state: RepositoryRuns['state'];
  asOf?: string;
  message?: string;
  failures: number;
  /** What was told last, so that only what can be seen is told. */
  told: string;
}

interface Options {
  api: GithubApi;
  logger: LoggerService;
  settings: GithubActionsSettings;
  now?: () => number;
  random?: () => number;
  tickMs?: number;
}

/** GitHub Actions, asked in the background for the repositories of services that use it. */
export class GithubActionsEngine implements HostedPipelineEngine {
  static create(options: Options): GithubActionsEngine {
    return new GithubActionsEngine(options);
  }

  readonly type = 'github-actions';
  readonly title = 'GitHub Actions';
  readonly hosting = 'repository';

  private readonly watched = new Map<string, Watched>();
  private readonly limit = pLimit(CONCURRENCY);
  private readonly keys = new Map<string, Promise<{ id: string }>>();
  private readonly now: () => number;
  private readonly random: () => number;
  private host: PipelineHost | undefined;
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> | undefined;
  /** GitHub wants to be left alone until then. */
  private quietUntil = 0;

  private constructor(private readonly o: Options) {
    this.now = o.now ?? Date.now;
    this.random = o.random ?? Math.random;
  }

  start(host: PipelineHost): void {
    this.host = host;
    this.timer = setInterval(
      () => void this.tick(),
      this.o.tickMs ?? TICK_MS,
    ).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.host = undefined;
    await this.ticking;
  }

  /** A webhook told of something in this repository. */
  heard(url: string): void {
    const known = this.watched.get(repositoryKey(url) ?? '');
    if (known) known.dueAt = 0;
  }

  runs(repository: string): RepositoryRuns | undefined {
    const known = this.watched.get(repository);
    if (!known) return undefined;
    const { source, state, asOf, message } = known;
    return {
      runs: source.runs(),
      state,
      ...(asOf && { asOf }),
      ...(message && { message }),
    };
  }

  async readLog(
    repository: string,
    run: PipelineRunItem,
    { step, tail }: { step: string; tail: number },
  ): Promise<PipelineLog> {
    const { source } = this.require(repository);
    const address = stepAddress(step);
    const known = run.steps.find(({ id }) => id === step);
    if (!address || !known) {
      throw new NotFoundError(
        `The run ${run.name} has no step ${step}; take an id from its steps.`,
      );
    }
    const pieces = this.o.api.readLog(source.repository, address.job);
    return tailOf(pieces, {
      tail,
      // GitHub keeps one log a job: a step's part of it is what was written in its time.
      ...(address.step !== undefined && {
        from: known.startedAt,
        to: known.finishedAt,
      }),
    });
  }

  async rerun(
    repository: string,
    run: PipelineRunItem,
    { key }: RerunRequest,
  ): Promise<{ id: string }> {
    const wish = `${repository} ${run.id} ${key}`;
    const asked = this.keys.get(wish);
    if (asked) return asked;
    const answer = this.rerunOnce(repository, run);
    this.keys.set(wish, answer);
    // A wish that failed may be made again.
    answer.catch(() => this.keys.delete(wish));
    const [oldest] = this.keys.keys();
    if (this.keys.size > MAX_KEYS) this.keys.delete(oldest);
    return answer;
  }

  private async rerunOnce(
    repository: string,
    run: PipelineRunItem,
  ): Promise<{ id: string }> {
    const known = this.require(repository);
    const { source } = known;
    const found = source.find(run.id);
    if (!found) {
      throw new NotFoundError(`The run ${run.name} is gone from GitHub.`);
    }
    const id = runId(repository, found.id);
    const fresh = await this.o.api.getRun(source.repository, found.id);
    // Somebody else, or another replica, was first: the wish is fulfilled.
    if ((fresh.run_attempt ?? 1) > (run.attempt ?? 1)) return { id };
    if (fresh.status !== 'completed') {
      throw new ConflictError(
        `The run ${run.name} has not ended yet; wait for it, or cancel it at GitHub.`,
      );
    }
    try {
      await this.o.api.rerun(source.repository, found.id, {
        failedOnly: stateOf(fresh.status, fresh.conclusion) === 'failed',
      });
    } catch (error) {
      // Between the question and the wish somebody was quicker.
      if (!(error instanceof ConflictError)) throw error;
    }
    source.markRerun(found.id);
    this.tell(repository, known);
    known.dueAt = 0;
    return { id };
  }

  private require(repository: string): Watched {
    const known = this.watched.get(repository);
    if (!known) {
      throw new NotFoundError(
        `No service uses GitHub Actions with ${repository} (any more).`,
      );
    }
    return known;
  }

  private tick(): Promise<void> {
    this.ticking ??= this.refreshDue().finally(() => {
      this.ticking = undefined;
    });
    return this.ticking;
  }

  private async refreshDue(): Promise<void> {
    const { host } = this;
    if (!host || this.now() < this.quietUntil) return;
    try {
      this.follow(await host.repositories());
    } catch (error) {
      // What is declared can't be read just now; what was declared is still asked for.
      this.o.logger.debug(`GitHub Actions: ${(error as Error).message}`);
    }
    const due = [...this.watched].filter(
      ([, { dueAt }]) => dueAt <= this.now(),
    );
    await Promise.all(
      due.map(([key, one]) => this.limit(() => this.refresh(key, one))),
    );
  }

  private follow(repositories: PipelineRepository[]): void {
    const wanted = new Set(repositories.map(({ key }) => key));
    for (const key of this.watched.keys())
      if (!wanted.has(key)) this.watched.delete(key);
    for (const { key, url } of repositories) {
      if (this.watched.has(key)) continue;
      const [owner, name, ...rest] = new URL(url).pathname
        .split('/')
        .filter(Boolean);
      if (!owner || !name || rest.length > 0) continue;
      this.watched.set(key, {
        source: new WatchedRepository(key, { url, owner, name }, this.o.api),
        dueAt: 0,
        state: 'unknown',
        failures: 0,
        told: '',
      });
    }
  }

  private async refresh(key: string, known: Watched): Promise<void> {
    if (!this.host || this.now() < this.quietUntil) return;
    const { pollMs, activePollMs, runs } = this.o.settings;
    try {
      await known.source.refresh(runs);
      known.state = 'live';
      known.asOf = new Date(this.now()).toISOString();
      known.message = undefined;
      known.failures = 0;
      known.dueAt =
        this.now() + (known.source.active() ? activePollMs : pollMs);
    } catch (error) {
      known.failures += 1;
      known.state = known.asOf ? 'stale' : 'unreachable';
      known.message = (error as Error).message;
      const ceiling = Math.min(pollMs, RETRY_MS * 2 ** (known.failures - 1));
      known.dueAt = this.now() + ceiling * (0.5 + this.random() / 2);
      if (error instanceof RateLimitedError) {
        this.quietUntil = error.until.getTime();
        known.dueAt = this.quietUntil;
      }
      if (known.failures === 1)
        this.o.logger.warn(`GitHub Actions of ${key}: ${known.message}`);
    }
    this.tell(key, known);
  }

  private tell(key: string, known: Watched): void {
    const now = JSON.stringify([known.source.runs(), known.state]);
    if (now === known.told) return;
    known.told = now;
    this.host?.changed([key]);
  }
}
