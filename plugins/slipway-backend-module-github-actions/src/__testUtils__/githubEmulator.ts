import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import type { GithubAnnotation, GithubJob, GithubRun } from '../GithubApi';

/**
 * The part of GitHub's REST API (version 2022-11-28) that the engine asks, by its published shapes: runs with ETags, jobs
 * with steps, annotations, logs by redirect to a store, re-runs in place. Ours, as the emulators that there are repeat a
 * run as a new one, know no ETags, and have one line for every log.
 */
export class GithubEmulator {
  static readonly TOKEN = 'ghp_emulated';

  static async start(): Promise<GithubEmulator> {
    const emulator = new GithubEmulator();
    await new Promise<void>(resolve =>
      emulator.server.listen(0, '127.0.0.1', resolve),
    );
    return emulator;
  }

  runs: GithubRun[] = [];
  readonly jobs = new Map<number, GithubJob[]>();
  readonly annotations = new Map<number, GithubAnnotation[]>();
  readonly logs = new Map<number, string>();
  /** `METHOD path status`, but for the store of logs. */
  readonly asked: string[] = [];
  /** Authorization headers that the store of logs was sent. */
  readonly storeSaw: Array<string | undefined> = [];
  /** Fails everything in this way while it is set. */
  failure?: {
    status: number;
    headers?: Record<string, string>;
    message?: string;
  };

  private readonly server: Server = createServer((request, response) => {
    const { status, headers = {}, body } = this.answer(request);
    const path = new URL(request.url!, 'http://x').pathname;
    if (!path.startsWith('/store/'))
      this.asked.push(`${request.method} ${path} ${status}`);
    response.writeHead(status, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise(resolve => this.server.close(() => resolve()));
  }

  run(changes: Partial<GithubRun> & { id: number }): GithubRun {
    const run: GithubRun = {
      name: 'CI',
      run_number: changes.id,
      run_attempt: 1,
      event: 'push',
      status: 'completed',
      conclusion: 'success',
      head_branch: 'main',
      head_sha: '4f2a91c0b7a24f90c1d2e3f4a5b6c7d8e9f00112',
      html_url: `https://github.com/acme/shop/actions/runs/${changes.id}`,
      created_at: '2026-11-21T10:00:00Z',
      updated_at: '2026-11-21T10:05:00Z',
      run_started_at: '2026-11-21T10:00:01Z',
      ...changes,
    };
    this.runs = [run, ...this.runs.filter(({ id }) => id !== run.id)].sort(
      (a, b) => b.id - a.id,
    );
    return run;
  }

  private answer(request: IncomingMessage): {
    status: number;
    headers?: Record<string, string>;
    body?: unknown;
  } {
    const url = new URL(request.url!, this.url);
    if (url.pathname.startsWith('/store/')) {
      this.storeSaw.push(request.headers.authorization);
      const log = this.logs.get(Number(url.pathname.split('/')[2]));
      return log === undefined
        ? { status: 404, body: '' }
        : { status: 200, body: log };
    }
    if (this.failure) {
      const { status, headers, message = 'failed' } = this.failure;
      return { status, headers, body: { message } };
    }
    if (request.headers.authorization !== `Bearer ${GithubEmulator.TOKEN}`)
      return { status: 401, body: { message: 'Bad credentials' } };
    const path = /^\/repos\/acme\/shop\/(.*)$/.exec(url.pathname)?.[1];
    if (path === undefined) return notFound();
    if (path === 'actions/runs') {
      const limit = Number(url.searchParams.get('per_page') ?? 30);
      return conditional(request, {
        total_count: this.runs.length,
        workflow_runs: this.runs.slice(0, limit),
      });
    }
    const [, runPath, id, verb] =
      /^(actions\/runs|actions\/jobs|check-runs)\/(\d+)(?:\/(.*))?$/.exec(
        path,
      ) ?? [];
    const number = Number(id);
    if (runPath === 'check-runs' && verb === 'annotations')
      return { status: 200, body: this.annotations.get(number) ?? [] };
    if (runPath === 'actions/jobs' && verb === 'logs')
      return {
        status: 302,
        headers: { location: `${this.url}/store/${number}?sig=x` },
        body: '',
      };
    const run = this.runs.find(one => one.id === number);
    if (runPath !== 'actions/runs' || !run) return notFound();
    if (verb === undefined) return { status: 200, body: run };
    if (verb === 'jobs') {
      const jobs = this.jobs.get(number) ?? [];
      return conditional(request, { total_count: jobs.length, jobs });
    }
    if (request.method === 'POST') return this.rerun(run, verb);
    return notFound();
  }

  private rerun(run: GithubRun, verb: string) {
    if (!['rerun', 'rerun-failed-jobs'].includes(verb)) return notFound();
    if (run.status !== 'completed')
      return {
        status: 403,
        body: { message: 'This workflow is already running' },
      };
    this.run({
      ...run,
      status: 'queued',
      conclusion: null,
      run_attempt: (run.run_attempt ?? 1) + 1,
      updated_at: new Date().toISOString(),
    });
    return { status: 201, body: {} };
  }
}

function conditional(request: IncomingMessage, body: unknown) {
  const etag = `W/"${createHash('sha256').update(JSON.stringify(body)).digest('hex')}"`;
  return request.headers['if-none-match'] === etag
    ? { status: 304, headers: { etag }, body: '' }
    : { status: 200, headers: { etag }, body };
}

function notFound() {
  return { status: 404, body: { message: 'Not Found' } };
}
