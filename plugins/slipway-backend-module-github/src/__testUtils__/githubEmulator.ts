import { createHmac, randomUUID } from 'node:crypto';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- What emulators share is no part of what the package publishes.
import {
  type ApiRequest,
  type Dialect,
  EmulatedHost,
  type EmulatedHook,
  type EmulatedPull,
  type EmulatedRepository,
  Refusal,
} from '../../../slipway-node/src/git/__testUtils__/EmulatedHost';

/** What of GitHub's REST API Slipway uses. */
export type GithubEmulator = EmulatedHost;

interface Asked extends ApiRequest {
  host: EmulatedHost;
  repository: EmulatedRepository;
  /** A number or a commit of the path. */
  id: string;
}

type Route = (asked: Asked) => unknown;

const shownPull = (
  { url }: EmulatedHost,
  { full, id }: EmulatedRepository,
  pull: EmulatedPull,
) => ({
  number: pull.number,
  html_url: `${url}/${full}/pull/${pull.number}`,
  title: pull.title,
  body: pull.body,
  state: pull.state === 'open' ? 'open' : 'closed',
  user: { login: pull.author },
  head: { ref: pull.head, sha: pull.sha, repo: { id: pull.fork ? -id : id } },
  base: { ref: pull.base, repo: { id } },
  merged_at: pull.state === 'merged' ? pull.updated : null,
  merge_commit_sha: pull.mergeCommit ?? null,
  updated_at: pull.updated,
});

const shownRepository = (
  { url }: EmulatedHost,
  { id, full, archived, fork }: EmulatedRepository,
) => ({
  id,
  name: full.split('/')[1],
  owner: { login: full.split('/')[0] },
  html_url: `${url}/${full}`,
  description: null,
  default_branch: 'main',
  archived: archived ?? false,
  fork: fork ?? false,
  private: true,
  updated_at: '2026-01-01T00:00:00Z',
});

const shownHook = ({ id, url, lastStatus }: EmulatedHook) => ({
  id,
  config: { url, content_type: 'json', secret: '********' },
  last_response: { code: lastStatus ?? null, message: null },
});

const shownComment = ({
  id,
  body,
  login,
}: EmulatedPull['comments'][number]) => ({
  id,
  body,
  user: { login },
});

function hookOf({ repository, id }: Asked): EmulatedHook {
  const hook = repository.hooks.find(it => it.id === Number(id));
  if (!hook) throw new Refusal(404, 'Not Found');
  return hook;
}

const pullOf = ({ host, repository, id }: Asked) =>
  host.pull(repository, Number(id));

const ROUTES: Record<string, Route> = {
  'GET ': ({ host, repository }) => shownRepository(host, repository),
  'GET branches/main': async ({ host, repository }) => ({
    commit: { sha: (await host.files(repository, 'refs/heads/main')).commit },
  }),
  'GET git/trees/:': async ({ host, repository, id }) => ({
    tree: (await host.files(repository, id)).files.map(
      ({ path, blob, mode }) => ({ path, mode, type: 'blob', sha: blob }),
    ),
    truncated: false,
  }),
  'GET git/blobs/:': async ({ host, repository, id }) => {
    const content = await host.blob(repository, id);
    return {
      size: content.length,
      encoding: 'base64',
      content: content.toString('base64'),
    };
  },
  'GET hooks/:/deliveries': asked => {
    const { lastAt, lastStatus } = hookOf(asked);
    if (lastAt === undefined) return [];
    return [
      {
        delivered_at: lastAt,
        status_code: lastStatus,
        status: lastStatus ? 'OK' : 'failed to connect to host',
      },
    ];
  },
  'GET pulls': async ({ host, repository, query }) =>
    (
      await host.openPulls(repository, {
        head: query.get('head')?.split(':')[1],
        base: query.get('base'),
      })
    ).map(pull => shownPull(host, repository, pull)),
  'POST pulls': async ({ host, repository, body, login }) =>
    shownPull(
      host,
      repository,
      await host.open(repository, {
        title: body.title,
        body: body.body ?? '',
        author: login,
        head: body.head,
        base: body.base,
      }),
    ),
  'GET pulls/:': async asked =>
    shownPull(asked.host, asked.repository, await pullOf(asked)),
  'PATCH pulls/:': async asked => {
    const pull = Object.assign(await pullOf(asked), asked.body, {
      updated: asked.host.now(),
    });
    return shownPull(asked.host, asked.repository, pull);
  },
  'PUT pulls/:/merge': async asked => ({
    merged: true,
    sha: await asked.host.merge(asked.repository, await pullOf(asked), {
      sha: asked.body.sha,
      message: `${asked.body.commit_title}\n\n${asked.body.commit_message}`,
      squash: asked.body.merge_method === ('squash' as never),
    }),
  }),
  'GET pulls/:/reviews': async asked =>
    (await pullOf(asked)).reviews.map(({ login, at, sha }) => ({
      user: { login },
      state: 'APPROVED',
      submitted_at: at,
      commit_id: sha,
    })),
  'POST pulls/:/reviews': async asked => {
    const pull = await pullOf(asked);
    pull.updated = asked.host.now();
    pull.reviews.push({ login: asked.login, at: pull.updated, sha: pull.sha });
    return {};
  },
  'GET issues/:/comments': async asked =>
    (await pullOf(asked)).comments.map(shownComment),
  'POST issues/:/comments': async asked => {
    const { comments } = await pullOf(asked);
    const { host, body, login } = asked;
    comments.push({ id: host.nextId(), body: body.body, login });
    return shownComment(comments.at(-1)!);
  },
  'PATCH issues/comments/:': ({ repository, id, body }) => {
    const found = repository.pulls
      .flatMap(({ comments }) => comments)
      .find(comment => comment.id === Number(id));
    if (!found) throw new Refusal(404, 'Not Found');
    return shownComment(Object.assign(found, body));
  },
  'GET commits/:/statuses': ({ repository, id }) =>
    repository.statuses[id] ?? [],
  'GET commits/:/check-runs': () => ({ total_count: 0, check_runs: [] }),
  'POST statuses/:': ({ repository: { statuses }, id, body }) => {
    statuses[id] = [body, ...(statuses[id] ?? [])];
    return body;
  },
  'GET hooks': ({ repository }) => repository.hooks.map(shownHook),
  'POST hooks': ({ host, repository, body }) => {
    const { url, secret } = body.config;
    repository.hooks.push({ id: host.nextId(), url, secret });
    return shownHook(repository.hooks.at(-1)!);
  },
  'PATCH hooks/:': asked => {
    const { url, secret } = asked.body.config;
    return shownHook(Object.assign(hookOf(asked), { url, secret }));
  },
  'POST hooks/:/pings': async asked => {
    const hook = hookOf(asked);
    await asked.host.deliver(hook, { zen: 'Speak like a human.' }, text => ({
      'X-GitHub-Event': 'ping',
      'X-GitHub-Delivery': randomUUID(),
      'X-Hub-Signature-256': `sha256=${createHmac('sha256', hook.secret).update(text).digest('hex')}`,
    }));
  },
  'DELETE hooks/:': asked => {
    const { id } = hookOf(asked);
    asked.repository.hooks = asked.repository.hooks.filter(it => it.id !== id);
  },
};

const GITHUB: Dialect = {
  prefix: '/api/v3/',
  tokenOf: ({ headers }) => headers.authorization?.split(' ')[1] ?? '',
  gitTokenOf: ({ password }) => password,
  refusal: message => ({ message }),
  headers: {
    'X-RateLimit-Limit': '5000',
    'X-RateLimit-Remaining': '4711',
    'X-RateLimit-Reset': '1767225600',
  },
  async answer(host, request) {
    const [first, owner, name, ...rest] = request.parts;
    const { body, login } = request;
    if (first === 'users')
      return { type: host.logins.includes(owner) ? 'User' : 'Organization' };
    if (first === 'user' && owner === undefined) return { login };
    if (first === 'user' && owner === 'repos' && request.method === 'GET')
      return [...host.repositories.values()].map(it =>
        shownRepository(host, it),
      );
    if (first === 'orgs' || first === 'user') {
      const full = `${first === 'orgs' ? owner : login}/${body.name}`;
      return { id: (await host.createRepository(full)).id };
    }
    const repository = host.repository(`${owner}/${name}`);
    let id = '';
    const pattern = rest.map((part, index) => {
      if (index === 0 || !/^(\d+|[0-9a-f]{40})$/.test(part)) return part;
      id = part;
      return ':';
    });
    const route = ROUTES[`${request.method} ${pattern.join('/')}`];
    if (!route) throw new Refusal(404, `${request.method} ${rest.join('/')}`);
    return route({ ...request, host, repository, id });
  },
};

/** Starts it; `tokens` are the logins of who may ask, by their token. */
export const startGithubEmulator = (
  tokens: Record<string, string>,
): Promise<GithubEmulator> => EmulatedHost.start(GITHUB, tokens);
