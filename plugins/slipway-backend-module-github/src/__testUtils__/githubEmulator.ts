import { execFile } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { answerGit } from './gitOverHttp';

/** An answer that is no success. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

interface Pull {
  number: number;
  title: string;
  body: string;
  author: string;
  head: string;
  base: string;
  /** Of a fork; its commits are here as GitHub keeps them. */
  fork: boolean;
  sha: string;
  state: 'open' | 'closed';
  merged?: string;
  updated: string;
  reviews: object[];
  comments: Array<{ id: number; body: string; user: { login: string } }>;
}

interface Hook {
  id: number;
  config: { url: string; secret: string };
  last_response: { code: number | null; message: string | null };
}

interface Repository {
  id: number;
  dir: string;
  pulls: Pull[];
  statuses: Record<string, object[]>;
  hooks: Hook[];
}

type Body = Record<string, never> & { config: Hook['config'] };
type Params = Record<string, string>;
type Route = (
  repository: Repository,
  params: Params,
  body: Body,
  login: string,
  query: URLSearchParams,
) => unknown;

/** What of GitHub's REST API and Git transport Slipway uses, over bare repositories; states are Git's, as at GitHub. */
export interface GithubEmulator {
  /** Name and port. */
  host: string;
  url: string;
  /** Answers the next request of the API with this status and these headers. */
  refuseNext(status: number, headers?: Record<string, string>): void;
  close(): Promise<void>;
}

const run = promisify(execFile);
const PERSON = {
  GIT_AUTHOR_NAME: 'GitHub',
  GIT_AUTHOR_EMAIL: 'noreply@github.com',
  GIT_COMMITTER_NAME: 'GitHub',
  GIT_COMMITTER_EMAIL: 'noreply@github.com',
};

/** Starts it; `tokens` are who may ask, by their token. */
export async function startGithubEmulator(
  tokens: Record<string, string>,
): Promise<GithubEmulator> {
  const root = await fs.mkdtemp(path.join(os.tmpdir(), 'slipway-github-'));
  const repositories = new Map<string, Repository>();
  let refusal: { status: number; headers: Record<string, string> } | undefined;
  let ids = 0;
  let url = '';
  const nextId = () => (ids += 1);
  const now = () => new Date().toISOString();
  const git = async (dir: string, ...args: string[]) => {
    const { stdout } = await run('git', args, {
      cwd: dir,
      env: { ...process.env, ...PERSON },
    });
    return stdout.trim();
  };
  const tip = (dir: string, branch: string) =>
    git(dir, 'rev-parse', '--verify', '--quiet', `refs/heads/${branch}`).catch(
      () => '',
    );

  /** Pushes move heads, end pull requests whose branch is gone, and merge those whose commits are in the base. */
  async function settle({ dir }: Repository, pull: Pull): Promise<void> {
    if (pull.state === 'closed') return;
    const head = await tip(dir, pull.head);
    if (head && head !== pull.sha) {
      pull.sha = head;
      pull.updated = now();
    }
    const base = await tip(dir, pull.base);
    const isIn = await git(dir, 'merge-base', '--is-ancestor', pull.sha, base)
      .then(() => true)
      .catch(() => false);
    if (isIn) Object.assign(pull, { state: 'closed', merged: base });
    else if (!head) pull.state = 'closed';
  }

  const shown = (name: string, { id }: Repository, pull: Pull) => ({
    number: pull.number,
    html_url: `${url}/${name}/pull/${pull.number}`,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    user: { login: pull.author },
    head: { ref: pull.head, sha: pull.sha, repo: { id: pull.fork ? -id : id } },
    base: { ref: pull.base, repo: { id } },
    merged_at: pull.merged ? pull.updated : null,
    merge_commit_sha: pull.merged ?? null,
    updated_at: pull.updated,
  });
  const pullOf = async (repository: Repository, params: Params) => {
    const pull = repository.pulls.find(it => it.number === Number(params.n));
    if (!pull) throw new Refusal(404, 'Not Found');
    await settle(repository, pull);
    return pull;
  };
  const hookOf = (repository: Repository, params: Params) => {
    const hook = repository.hooks.find(it => it.id === Number(params.n));
    if (!hook) throw new Refusal(404, 'Not Found');
    return hook;
  };

  async function deliver(hook: Hook): Promise<void> {
    const body = JSON.stringify({ zen: 'Keep it logically awesome.' });
    const signature = createHmac('sha256', hook.config.secret)
      .update(body)
      .digest('hex');
    const answer = await fetch(hook.config.url, {
      method: 'POST',
      body,
      headers: {
        'X-GitHub-Event': 'ping',
        'X-GitHub-Delivery': randomUUID(),
        'X-Hub-Signature-256': `sha256=${signature}`,
      },
    });
    hook.last_response = { code: answer.status, message: 'OK' };
  }

  const routes: Record<string, Route> = {
    'GET pulls': async (repository, { full }, _body, _login, query) => {
      const found = [];
      for (const pull of repository.pulls) {
        await settle(repository, pull);
        const head = query.get('head')?.split(':')[1];
        if (
          pull.state === query.get('state') &&
          (!head || head === pull.head) &&
          query.get('base') === pull.base
        )
          found.push(shown(full, repository, pull));
      }
      return found;
    },
    'POST pulls': async (repository, { full }, body, login) => {
      const head = String(body.head);
      const branch = head.split(':').at(-1)!;
      const sha = await tip(repository.dir, branch);
      if (!sha) throw new Refusal(422, 'Validation Failed: head is invalid');
      const pull: Pull = {
        number: repository.pulls.length + 1,
        title: body.title,
        body: body.body ?? '',
        author: login,
        head: branch,
        base: body.base,
        fork: head.includes(':'),
        sha,
        state: 'open',
        updated: now(),
        reviews: [],
        comments: [],
      };
      repository.pulls.push(pull);
      return shown(full, repository, pull);
    },
    'GET pulls/n': async (repository, params) =>
      shown(params.full, repository, await pullOf(repository, params)),
    'PATCH pulls/n': async (repository, params, body) => {
      const pull = await pullOf(repository, params);
      Object.assign(pull, body, { updated: now() });
      return shown(params.full, repository, pull);
    },
    'PUT pulls/n/merge': async (repository, params, body) => {
      const { dir } = repository;
      const pull = await pullOf(repository, params);
      if (pull.state === 'closed')
        throw new Refusal(405, 'Pull Request is not mergeable');
      if (body.sha !== pull.sha)
        throw new Refusal(
          409,
          'Head branch was modified. Review and try again',
        );
      const base = await tip(dir, pull.base);
      const tree = await git(
        dir,
        ...['merge-tree', '--write-tree', base, pull.sha],
      ).catch(() => {
        throw new Refusal(405, 'Pull Request is not mergeable');
      });
      const message = `${body.commit_title}\n\n${body.commit_message}`;
      const squash = body.merge_method === ('squash' as never);
      const commit = await git(
        dir,
        ...['commit-tree', tree, '-p', base],
        ...(squash ? [] : ['-p', pull.sha]),
        ...['-m', message],
      );
      await git(dir, 'update-ref', `refs/heads/${pull.base}`, commit, base);
      Object.assign(pull, { state: 'closed', merged: commit, updated: now() });
      return { merged: true, sha: commit };
    },
    'GET pulls/n/reviews': async (repository, params) =>
      (await pullOf(repository, params)).reviews,
    'POST pulls/n/reviews': async (repository, params, body, login) => {
      const pull = await pullOf(repository, params);
      const states: Params = { APPROVE: 'APPROVED' };
      pull.reviews.push({
        user: { login },
        state: states[body.event],
        submitted_at: now(),
        commit_id: pull.sha,
      });
      pull.updated = now();
      return {};
    },
    'GET issues/n/comments': async (repository, params) =>
      (await pullOf(repository, params)).comments,
    'POST issues/n/comments': async (repository, params, body, login) => {
      const { comments } = await pullOf(repository, params);
      comments.push({ id: nextId(), body: body.body, user: { login } });
      return comments.at(-1);
    },
    'PATCH issues/comments/n': (repository, params, body) => {
      const found = repository.pulls
        .flatMap(({ comments }) => comments)
        .find(({ id }) => id === Number(params.n));
      if (!found) throw new Refusal(404, 'Not Found');
      return Object.assign(found, body);
    },
    'GET commits/sha/statuses': ({ statuses }, { sha }) => statuses[sha] ?? [],
    'GET commits/sha/check-runs': () => ({ total_count: 0, check_runs: [] }),
    'POST statuses/sha': ({ statuses }, { sha }, body) => {
      statuses[sha] = [body, ...(statuses[sha] ?? [])];
      return body;
    },
    'GET hooks': ({ hooks }) => hooks,
    'POST hooks': ({ hooks }, _params, { config }) => {
      hooks.push({
        id: nextId(),
        config,
        last_response: { code: null, message: null },
      });
      return hooks.at(-1);
    },
    'PATCH hooks/n': (repository, params, { config }) =>
      Object.assign(hookOf(repository, params), { config }),
    'POST hooks/n/pings': async (repository, params) =>
      deliver(hookOf(repository, params)),
    'DELETE hooks/n': (repository, params) => {
      const { id } = hookOf(repository, params);
      repository.hooks = repository.hooks.filter(it => it.id !== id);
    },
  };

  async function createRepository(owner: string, name: string) {
    const dir = path.join(root, owner, `${name}.git`);
    await fs.mkdir(dir, { recursive: true });
    await git(dir, 'init', '--quiet', '--bare', '--initial-branch=main');
    await git(dir, 'config', 'http.receivepack', 'true');
    const made = { id: nextId(), dir, pulls: [], statuses: {}, hooks: [] };
    repositories.set(`${owner}/${name}`, made);
    return { id: made.id };
  }

  async function answer(request: IncomingMessage): Promise<unknown> {
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    const [, , , ...parts] = pathname.split('/').map(decodeURIComponent);
    const token = request.headers.authorization?.split(' ')[1] ?? '';
    const login = tokens[token];
    if (!login) throw new Refusal(401, 'Bad credentials');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const body = (text ? JSON.parse(text) : {}) as Body;
    const [first, owner, name, ...rest] = parts;
    if (first === 'users')
      return {
        type: Object.values(tokens).includes(owner) ? 'User' : 'Organization',
      };
    if (first === 'orgs') return createRepository(owner, body.name);
    if (first === 'user') return createRepository(login, body.name);
    const full = `${owner}/${name}`;
    const repository = repositories.get(full);
    if (!repository) throw new Refusal(404, 'Not Found');
    if (rest.length === 0) return { id: repository.id };
    const params: Params = { full };
    const pattern = rest.map((part, index) => {
      const isSha = /^[0-9a-f]{40}$/.test(part);
      const isNumber = index > 0 && /^\d+$/.test(part);
      if (isSha) params.sha = part;
      if (isNumber) params.n = part;
      if (isSha) return 'sha';
      return isNumber ? 'n' : part;
    });
    const route = routes[`${request.method} ${pattern.join('/')}`];
    if (!route) throw new Refusal(404, `${request.method} ${pathname}`);
    return route(repository, params, body, login, searchParams);
  }

  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/api/v3/')) {
      const [, basic] = request.headers.authorization?.split(' ') ?? [];
      const [, token] = Buffer.from(basic ?? '', 'base64')
        .toString('utf8')
        .split(':');
      if (tokens[token ?? '']) answerGit(root, request, response);
      else
        response
          .writeHead(401, { 'WWW-Authenticate': 'Basic realm="GitHub"' })
          .end();
      return;
    }
    if (refusal) {
      response
        .writeHead(refusal.status, {
          'Content-Type': 'application/json',
          ...refusal.headers,
        })
        .end(JSON.stringify({ message: 'Refused by the test' }));
      refusal = undefined;
      return;
    }
    answer(request).then(
      body =>
        response
          .writeHead(body === undefined ? 204 : 200, {
            'Content-Type': 'application/json',
            'X-RateLimit-Limit': '5000',
            'X-RateLimit-Remaining': '4711',
            'X-RateLimit-Reset': '1767225600',
          })
          .end(body === undefined ? '' : JSON.stringify(body)),
      error =>
        response
          .writeHead(error.status ?? 500, {
            'Content-Type': 'application/json',
          })
          .end(JSON.stringify({ message: error.message })),
    );
  });
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  url = `http://${host}`;
  return {
    host,
    url,
    refuseNext(status, headers = {}) {
      refusal = { status, headers };
    },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await fs.rm(root, { recursive: true, force: true });
    },
  };
}
