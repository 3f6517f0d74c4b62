import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { answerGit } from './gitOverHttp';

/** An answer that is no success. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface EmulatedPull {
  number: number;
  title: string;
  body: string;
  author: string;
  head: string;
  base: string;
  /** Of a fork; its commits are here, as hosts keep them. */
  fork: boolean;
  sha: string;
  state: 'open' | 'closed' | 'merged';
  mergeCommit?: string;
  updated: string;
  reviews: Array<{ login: string; at: string; sha: string }>;
  comments: Array<{ id: number; body: string; login: string }>;
}

export interface EmulatedHook {
  id: number;
  url: string;
  secret: string;
  /** 0 when nobody answered. */
  lastStatus?: number;
  lastAt?: string;
}

export interface EmulatedRepository {
  id: number;
  full: string;
  dir: string;
  pulls: EmulatedPull[];
  /** By commit, the newest first. */
  statuses: Record<string, Array<Record<string, string>>>;
  hooks: EmulatedHook[];
  /** Why nothing is merged here: a rule that isn't met, in the host's own words. */
  rule?: string;
  archived?: boolean;
  fork?: boolean;
}

/** What the API of a host is asked. */
export interface ApiRequest {
  method: string;
  /** Path segments behind the API's own prefix, decoded. */
  parts: string[];
  query: URLSearchParams;
  body: Record<string, never>;
  login: string;
}

/** How one kind of host speaks. */
export interface Dialect {
  /** In front of every path of its API, e.g. `/api/v3/`. */
  prefix: string;
  tokenOf(request: IncomingMessage): string;
  /** Of Git over HTTP. */
  gitTokenOf(credentials: { username: string; password: string }): string;
  answer(host: EmulatedHost, request: ApiRequest): Promise<unknown>;
  refusal(message: string): object;
  headers?: Record<string, string>;
}

const run = promisify(execFile);
const PERSON = {
  GIT_AUTHOR_NAME: 'Host',
  GIT_AUTHOR_EMAIL: 'noreply@example.org',
  GIT_COMMITTER_NAME: 'Host',
  GIT_COMMITTER_EMAIL: 'noreply@example.org',
};

/** What is no JSON, such as a file, is a buffer. */
function textOf(body: unknown): string | Buffer {
  if (body === undefined || Buffer.isBuffer(body)) return body ?? '';
  return JSON.stringify(body);
}

/** A Git host in small: bare repositories behind Git over HTTP, and pull requests whose states are Git's. */
export class EmulatedHost {
  readonly repositories = new Map<string, EmulatedRepository>();
  url = '';
  /** Requests that its API has answered. */
  asked = 0;
  /** How it answers whatever would change something: as to a token that may only read. */
  readOnly:
    | { status: number; headers: Record<string, string>; body?: object }
    | undefined;
  #ids = 0;
  #refusal:
    | { status: number; headers: Record<string, string>; body?: object }
    | undefined;
  #close = async () => {};

  private constructor(
    private readonly root: string,
    private readonly dialect: Dialect,
    /** Logins by token. */
    private readonly tokens: Record<string, string>,
  ) {}

  static async start(
    dialect: Dialect,
    tokens: Record<string, string>,
  ): Promise<EmulatedHost> {
    const root = await fs.mkdtemp(path.join(os.tmpdir(), 'slipway-host-'));
    const host = new EmulatedHost(root, dialect, tokens);
    await host.#listen();
    return host;
  }

  /** Name and port. */
  get host(): string {
    return new URL(this.url).host;
  }

  get logins(): string[] {
    return Object.values(this.tokens);
  }

  /** Answers the next request of the API with this status, these headers, and a body in the host's own shape. */
  refuseNext(
    status: number,
    headers: Record<string, string> = {},
    body?: object,
  ): void {
    this.#refusal = { status, headers, body };
  }

  async close(): Promise<void> {
    await this.#close();
    await fs.rm(this.root, { recursive: true, force: true });
  }

  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  now(): string {
    return new Date().toISOString();
  }

  repository(full: string): EmulatedRepository {
    const found =
      this.repositories.get(full) ??
      [...this.repositories.values()].find(({ id }) => String(id) === full);
    if (!found) throw new Refusal(404, 'Not Found');
    return found;
  }

  /** The full hash of what names a commit. */
  async commit({ dir }: EmulatedRepository, name: string): Promise<string> {
    try {
      return await this.#git(
        dir,
        ...['rev-parse', '--verify', '--quiet', `${name}^{commit}`],
      );
    } catch {
      throw new Refusal(404, 'Commit not found');
    }
  }

  async createRepository(full: string): Promise<EmulatedRepository> {
    if (this.repositories.has(full))
      throw new Refusal(422, 'name already exists on this account');
    const dir = path.join(this.root, `${full}.git`);
    await fs.mkdir(dir, { recursive: true });
    await this.#git(dir, 'init', '--quiet', '--bare', '--initial-branch=main');
    await this.#git(dir, 'config', 'http.receivepack', 'true');
    const made = {
      id: this.nextId(),
      full,
      dir,
      pulls: [],
      statuses: {},
      hooks: [],
    };
    this.repositories.set(full, made);
    return made;
  }

  async open(
    repository: EmulatedRepository,
    input: Pick<EmulatedPull, 'title' | 'body' | 'author' | 'base'> & {
      /** `<somebody>:<branch>` for a fork's. */
      head: string;
    },
  ): Promise<EmulatedPull> {
    const head = input.head.split(':').at(-1)!;
    const sha = await this.#tip(repository, head);
    if (!sha) throw new Refusal(422, 'Validation Failed: head is invalid');
    const pull: EmulatedPull = {
      ...input,
      head,
      number: repository.pulls.length + 1,
      fork: input.head.includes(':'),
      sha,
      state: 'open',
      updated: this.now(),
      reviews: [],
      comments: [],
    };
    repository.pulls.push(pull);
    return pull;
  }

  async pull(
    repository: EmulatedRepository,
    number: number,
  ): Promise<EmulatedPull> {
    const pull = repository.pulls.find(it => it.number === number);
    if (!pull) throw new Refusal(404, 'Not Found');
    await this.#settle(repository, pull);
    return pull;
  }

  async openPulls(
    repository: EmulatedRepository,
    filter: { head?: string | null; base?: string | null },
  ): Promise<EmulatedPull[]> {
    for (const pull of repository.pulls) await this.#settle(repository, pull);
    return repository.pulls.filter(
      ({ state, head, base }) =>
        state === 'open' &&
        (!filter.head || filter.head === head) &&
        (!filter.base || filter.base === base),
    );
  }

  async merge(
    repository: EmulatedRepository,
    pull: EmulatedPull,
    input: { sha?: string; message: string; squash?: boolean },
  ): Promise<string> {
    const { dir } = repository;
    if (pull.state !== 'open')
      throw new Refusal(405, 'Pull Request is not mergeable');
    if (input.sha && input.sha !== pull.sha)
      throw new Refusal(409, 'Head branch was modified. Review and try again');
    if (repository.rule) throw new Refusal(405, repository.rule);
    const base = await this.#tip(repository, pull.base);
    const tree = await this.#git(
      dir,
      ...['merge-tree', '--write-tree', base, pull.sha],
    ).catch(() => {
      throw new Refusal(405, 'Pull Request is not mergeable');
    });
    const commit = await this.#git(
      dir,
      ...['commit-tree', tree, '-p', base],
      ...(input.squash ? [] : ['-p', pull.sha]),
      ...['-m', input.message],
    );
    await this.#git(dir, 'update-ref', `refs/heads/${pull.base}`, commit, base);
    Object.assign(pull, {
      state: 'merged',
      mergeCommit: commit,
      updated: this.now(),
    });
    return commit;
  }

  /** Commit and regular files of a branch, or of a commit. */
  async files(
    { dir }: EmulatedRepository,
    ref: string,
  ): Promise<{
    commit: string;
    files: Array<{ path: string; blob: string; mode: string }>;
  }> {
    const commit = await this.#git(
      dir,
      ...['rev-parse', '--verify', '--quiet', `${ref}^{commit}`],
    ).catch(() => {
      throw new Refusal(404, 'Branch not found');
    });
    const listed = await this.#git(dir, 'ls-tree', '-rz', commit);
    return {
      commit,
      files: listed
        .split('\0')
        .filter(Boolean)
        .map(line => {
          const [head, file] = line.split('\t');
          const [mode, , blob] = head.split(' ');
          return { path: file, blob, mode };
        }),
    };
  }

  async blob({ dir }: EmulatedRepository, id: string): Promise<Buffer> {
    const { stdout } = await run('git', ['cat-file', 'blob', id], {
      cwd: dir,
      encoding: 'buffer',
    }).catch(() => {
      throw new Refusal(404, 'Not Found');
    });
    return stdout;
  }

  /** Posts something to a webhook, as its host would. */
  async deliver(
    hook: EmulatedHook,
    body: object,
    headers: (text: string) => Record<string, string>,
  ): Promise<void> {
    const text = JSON.stringify(body);
    try {
      const answer = await fetch(hook.url, {
        method: 'POST',
        body: text,
        headers: { 'Content-Type': 'application/json', ...headers(text) },
      });
      hook.lastStatus = answer.status;
    } catch {
      hook.lastStatus = 0;
    }
    hook.lastAt = this.now();
  }

  /** Pushes move heads, end pull requests whose branch is gone, and merge those whose commits are in the base. */
  async #settle(
    repository: EmulatedRepository,
    pull: EmulatedPull,
  ): Promise<void> {
    if (pull.state !== 'open') return;
    const head = await this.#tip(repository, pull.head);
    if (head && head !== pull.sha) {
      pull.sha = head;
      pull.updated = this.now();
    }
    const base = await this.#tip(repository, pull.base);
    const isIn = await this.#git(
      repository.dir,
      ...['merge-base', '--is-ancestor', pull.sha, base],
    )
      .then(() => true)
      .catch(() => false);
    if (isIn) Object.assign(pull, { state: 'merged', mergeCommit: base });
    else if (!head) pull.state = 'closed';
  }

  #tip({ dir }: EmulatedRepository, branch: string): Promise<string> {
    return this.#git(
      dir,
      ...['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`],
    ).catch(() => '');
  }

  async #git(dir: string, ...args: string[]): Promise<string> {
    const { stdout } = await run('git', args, {
      cwd: dir,
      env: { ...process.env, ...PERSON },
    });
    return stdout.trim();
  }

  async #answer(request: IncomingMessage): Promise<unknown> {
    this.asked += 1;
    const { prefix, tokenOf, answer } = this.dialect;
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const login = this.tokens[tokenOf(request)];
    if (!login) throw new Refusal(401, 'Bad credentials');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    return answer(this, {
      method: request.method ?? 'GET',
      parts: pathname
        .slice(prefix.length)
        .split('/')
        .filter(Boolean)
        .map(decodeURIComponent),
      query: searchParams,
      body: text ? JSON.parse(text) : {},
      login,
    });
  }

  async #listen(): Promise<void> {
    const { dialect } = this;
    const server = createServer((request, response) => {
      if (!request.url?.startsWith(dialect.prefix)) {
        const [, basic] = request.headers.authorization?.split(' ') ?? [];
        const [username = '', password = ''] = Buffer.from(
          basic ?? '',
          'base64',
        )
          .toString('utf8')
          .split(':');
        const token = dialect.gitTokenOf({ username, password });
        if (this.tokens[token]) answerGit(this.root, request, response);
        else
          response
            .writeHead(401, { 'WWW-Authenticate': 'Basic realm="Git"' })
            .end();
        return;
      }
      const reply = (
        status: number,
        body: unknown,
        headers: Record<string, string> = {},
      ) =>
        response
          .writeHead(status, { 'Content-Type': 'application/json', ...headers })
          .end(textOf(body));
      const refusal =
        this.#refusal ?? (request.method === 'GET' ? undefined : this.readOnly);
      if (refusal) {
        this.#refusal = undefined;
        reply(
          refusal.status,
          refusal.body ?? dialect.refusal('Refused by the test'),
          refusal.headers,
        );
        return;
      }
      this.#answer(request).then(
        body => reply(body === undefined ? 204 : 200, body, dialect.headers),
        error =>
          reply(
            error instanceof Refusal ? error.status : 500,
            dialect.refusal(error.message),
          ),
      );
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#close = async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    };
  }
}
