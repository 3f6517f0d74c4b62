import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  GithubCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import {
  type Conditional,
  type GithubAnnotation,
  type GithubApi,
  type GithubJob,
  type GithubRepository,
  type GithubRun,
  RateLimitedError,
} from './GithubApi';

const API_VERSION = '2022-11-28';
const TIMEOUT_MS = 20_000;
/** When GitHub says that it is too much, but not until when. */
const DEFAULT_PAUSE_MS = 60_000;

interface Options {
  integrations: Pick<ScmIntegrationRegistry, 'github'>;
  credentials: GithubCredentialsProvider;
  now?: () => number;
}

/** {@link GithubApi} over HTTP, with the credentials of `integrations.github`. */
export class HttpGithubApi implements GithubApi {
  static create(options: Options): HttpGithubApi {
    return new HttpGithubApi(options);
  }

  private constructor(private readonly o: Options) {}

  async listRuns(
    repository: GithubRepository,
    { limit, etag }: { limit: number; etag?: string },
  ): Promise<Conditional<GithubRun[]>> {
    return this.conditional(
      repository,
      `actions/runs?per_page=${limit}`,
      etag,
      body => (body as { workflow_runs: GithubRun[] }).workflow_runs,
    );
  }

  async getRun(repository: GithubRepository, run: number): Promise<GithubRun> {
    const response = await this.ask(repository, `actions/runs/${run}`);
    return (await response.json()) as GithubRun;
  }

  async listJobs(
    repository: GithubRepository,
    run: number,
    { etag }: { etag?: string },
  ): Promise<Conditional<GithubJob[]>> {
    return this.conditional(
      repository,
      `actions/runs/${run}/jobs?per_page=100`,
      etag,
      body => (body as { jobs: GithubJob[] }).jobs,
    );
  }

  async listAnnotations(
    repository: GithubRepository,
    job: number,
  ): Promise<GithubAnnotation[]> {
    const response = await this.ask(
      repository,
      `check-runs/${job}/annotations`,
    );
    return (await response.json()) as GithubAnnotation[];
  }

  async *readLog(
    repository: GithubRepository,
    job: number,
  ): AsyncIterable<Uint8Array> {
    const answer = await this.ask(repository, `actions/jobs/${job}/logs`, {
      redirect: 'manual',
    });
    const location = answer.headers.get('location');
    let { body } = answer;
    if (answer.status >= 300 && location) {
      // Logs lie at a store of their own; the address holds the right to read them, and our token is not its business.
      await answer.body?.cancel();
      const stored = await fetch(location, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!stored.ok) {
        throw new NotFoundError(
          `The log of job ${job} can't be read (status ${stored.status}); GitHub may have removed it.`,
        );
      }
      body = stored.body;
    }
    if (body) for await (const piece of body) yield piece as Uint8Array;
  }

  async rerun(
    repository: GithubRepository,
    run: number,
    { failedOnly }: { failedOnly: boolean },
  ): Promise<void> {
    const verb = failedOnly ? 'rerun-failed-jobs' : 'rerun';
    await this.ask(repository, `actions/runs/${run}/${verb}`, {
      method: 'POST',
    });
  }

  private async conditional<T>(
    repository: GithubRepository,
    path: string,
    etag: string | undefined,
    read: (body: unknown) => T,
  ): Promise<Conditional<T>> {
    const response = await this.ask(repository, path, {
      headers: etag ? { 'If-None-Match': etag } : {},
    });
    if (response.status === 304) return { changed: false };
    return {
      changed: true,
      value: read(await response.json()),
      etag: response.headers.get('etag') ?? undefined,
    };
  }

  private async ask(
    repository: GithubRepository,
    path: string,
    init: RequestInit = {},
  ): Promise<Response> {
    const { url, owner, name } = repository;
    const what = `${owner}/${name}/${path.split('?')[0]}`;
    const integration = this.o.integrations.github.byUrl(url);
    if (!integration?.config.apiBaseUrl) {
      throw new NotAllowedError(
        `There is no integrations.github entry for ${new URL(url).host}; add one with a token or an app.`,
      );
    }
    let response: Response;
    try {
      const { headers } = await this.o.credentials.getCredentials({ url });
      response = await fetch(
        `${integration.config.apiBaseUrl}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/${path}`,
        {
          ...init,
          signal: AbortSignal.timeout(TIMEOUT_MS),
          headers: {
            ...headers,
            Accept: 'application/vnd.github+json',
            'X-GitHub-Api-Version': API_VERSION,
            ...(init.headers as Record<string, string>),
          },
        },
      );
    } catch (error) {
      throw new ServiceUnavailableError(
        `GitHub could not be asked for ${what}: ${(error as Error).message}`,
      );
    }
    if (response.ok || response.status === 304 || response.status === 302)
      return response;
    throw await this.failure(response, what);
  }

  private async failure(response: Response, what: string): Promise<Error> {
    const { status, headers } = response;
    const text = await response.text().catch(() => '');
    const said = messageOf(text);
    const now = this.o.now?.() ?? Date.now();
    const retryAfter = Number(headers.get('retry-after'));
    const usedUp = headers.get('x-ratelimit-remaining') === '0';
    if (status === 429 || (status === 403 && (usedUp || retryAfter > 0))) {
      const reset = Number(headers.get('x-ratelimit-reset')) * 1_000;
      const pause = retryAfter > 0 ? retryAfter * 1_000 : DEFAULT_PAUSE_MS;
      return new RateLimitedError(
        new Date(usedUp && reset > now ? reset : now + pause),
      );
    }
    const words = `GitHub answered ${status} for ${what}${said ? `: ${said}` : ''}.`;
    if (status === 404)
      return new NotFoundError(
        `${words} It is not there, or the credentials may not see it.`,
      );
    if (status === 403 && /already running/i.test(said))
      return new ConflictError(words);
    if (status === 401 || status === 403) return new NotAllowedError(words);
    return new ServiceUnavailableError(words);
  }
}

function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message.slice(0, 300) : '';
  } catch {
    return '';
  }
}
