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

/** What of GitLab's REST API (v4) Slipway uses, in the shapes of its documentation. */
export type GitlabEmulator = EmulatedHost;

interface Asked extends ApiRequest {
  host: EmulatedHost;
  repository: EmulatedRepository;
  /** Numbers and commits of the path. */
  ids: string[];
}

const STATES = { open: 'opened', merged: 'merged', closed: 'closed' };

const shownPull = (
  { url }: EmulatedHost,
  { full, id }: EmulatedRepository,
  pull: EmulatedPull,
) => ({
  id: pull.number * 1000,
  iid: pull.number,
  web_url: `${url}/${full}/-/merge_requests/${pull.number}`,
  title: pull.title,
  description: pull.body,
  state: STATES[pull.state],
  author: { username: pull.author },
  source_branch: pull.head,
  target_branch: pull.base,
  source_project_id: pull.fork ? -id : id,
  target_project_id: id,
  sha: pull.sha,
  merge_commit_sha: pull.mergeCommit ?? null,
  squash_commit_sha: null,
  updated_at: pull.updated,
});

const shownProject = (
  { url }: EmulatedHost,
  { id, full, archived, fork }: EmulatedRepository,
) => ({
  id,
  path_with_namespace: full,
  web_url: `${url}/${full}`,
  description: null,
  default_branch: 'main',
  archived: archived ?? false,
  ...(fork && { forked_from_project: { id: -id } }),
  visibility: 'private',
  last_activity_at: '2026-01-01T00:00:00Z',
});

const shownNote = ({ id, body, login }: EmulatedPull['comments'][number]) => ({
  id,
  body,
  author: { username: login },
});

const pullOf = ({ host, repository, ids }: Asked) =>
  host.pull(repository, Number(ids[0]));

function hookOf({ repository, ids }: Asked): EmulatedHook {
  const hook = repository.hooks.find(it => it.id === Number(ids[0]));
  if (!hook) throw new Refusal(404, '404 Not Found');
  return hook;
}

const ROUTES: Record<string, (asked: Asked) => unknown> = {
  'GET ': ({ host, repository }) => shownProject(host, repository),
  'GET repository/branches/main': async ({ host, repository }) => ({
    name: 'main',
    commit: { id: (await host.files(repository, 'refs/heads/main')).commit },
  }),
  'GET repository/tree': async ({ host, repository, query }) =>
    (await host.files(repository, query.get('ref')!)).files.map(
      ({ path, blob, mode }) => ({ id: blob, path, mode, type: 'blob' }),
    ),
  'GET repository/blobs/:': async ({ host, repository, ids }) => {
    const content = await host.blob(repository, ids[0]);
    return {
      size: content.length,
      encoding: 'base64',
      content: content.toString('base64'),
      sha: ids[0],
    };
  },
  'GET hooks/:/events': asked => {
    const { lastAt, lastStatus } = hookOf(asked);
    if (lastAt === undefined) return [];
    return [
      { response_status: lastStatus ? `${lastStatus}` : 'internal error' },
    ];
  },
  'GET merge_requests': async ({ host, repository, query }) =>
    (
      await host.openPulls(repository, {
        head: query.get('source_branch'),
        base: query.get('target_branch'),
      })
    ).map(pull => shownPull(host, repository, pull)),
  'POST merge_requests': async ({ host, repository, body, login }) =>
    shownPull(
      host,
      repository,
      await host.open(repository, {
        title: body.title,
        body: body.description ?? '',
        author: login,
        head: body.source_branch,
        base: body.target_branch,
      }),
    ),
  'GET merge_requests/:': async asked =>
    shownPull(asked.host, asked.repository, await pullOf(asked)),
  'PUT merge_requests/:': async asked => {
    const { host, repository, body } = asked;
    const pull = await pullOf(asked);
    if (body.title) pull.title = body.title;
    if (body.description) pull.body = body.description;
    if (body.state_event === ('close' as never)) pull.state = 'closed';
    pull.updated = host.now();
    return shownPull(host, repository, pull);
  },
  'PUT merge_requests/:/merge': async asked => {
    const { host, repository, body } = asked;
    const pull = await pullOf(asked);
    await host.merge(repository, pull, {
      sha: body.sha,
      message: body.merge_commit_message ?? 'Merge',
      squash: Boolean(body.squash),
    });
    return shownPull(host, repository, pull);
  },
  'GET merge_requests/:/approvals': async asked => ({
    approved_by: (await pullOf(asked)).reviews.map(({ login }) => ({
      user: { username: login },
    })),
  }),
  'POST merge_requests/:/approve': async asked => {
    const pull = await pullOf(asked);
    pull.updated = asked.host.now();
    pull.reviews.push({ login: asked.login, at: pull.updated, sha: pull.sha });
    return {};
  },
  'GET merge_requests/:/notes': async asked =>
    (await pullOf(asked)).comments.map(shownNote),
  'POST merge_requests/:/notes': async asked => {
    const { comments } = await pullOf(asked);
    const { host, body, login } = asked;
    comments.push({ id: host.nextId(), body: body.body, login });
    return shownNote(comments.at(-1)!);
  },
  'PUT merge_requests/:/notes/:': async asked => {
    const found = (await pullOf(asked)).comments.find(
      ({ id }) => id === Number(asked.ids[1]),
    );
    if (!found) throw new Refusal(404, '404 Not Found');
    return shownNote(Object.assign(found, { body: asked.body.body }));
  },
  'GET repository/commits/:/statuses': ({ repository, ids }) =>
    repository.statuses[ids[0]] ?? [],
  'POST statuses/:': ({ host, repository: { statuses }, ids, body, query }) => {
    // GitLab takes the fields from either place.
    const given = { ...Object.fromEntries(query), ...body } as Record<
      string,
      string
    >;
    const { state, name, description = '', target_url = '' } = given;
    const all = statuses[ids[0]] ?? [];
    if (all[0]?.name === name && all[0].status === state)
      throw new Refusal(400, 'Cannot transition status via :enqueue');
    const status = {
      id: host.nextId() as never,
      name,
      status: state,
      description,
      target_url,
    };
    statuses[ids[0]] = [status, ...all];
    return status;
  },
  'GET hooks': ({ repository }) => repository.hooks,
  'POST hooks': ({ host, repository, body }) => {
    const { url, token: secret } = body;
    repository.hooks.push({ id: host.nextId(), url, secret });
    return repository.hooks.at(-1);
  },
  'PUT hooks/:': asked =>
    Object.assign(hookOf(asked), { secret: asked.body.token }),
  'POST hooks/:/test/push_events': async asked => {
    const hook = hookOf(asked);
    const { host, repository } = asked;
    await host.deliver(
      hook,
      {
        object_kind: 'push',
        project: { web_url: `${host.url}/${repository.full}` },
      },
      () => ({ 'X-Gitlab-Event': 'Push Hook', 'X-Gitlab-Token': hook.secret }),
    );
    return { message: '201 Created' };
  },
  'DELETE hooks/:': asked => {
    const { id } = hookOf(asked);
    asked.repository.hooks = asked.repository.hooks.filter(it => it.id !== id);
  },
};

const GITLAB: Dialect = {
  prefix: '/api/v4/',
  // It takes either.
  tokenOf: ({ headers }) =>
    String(headers['private-token'] ?? headers.authorization?.split(' ')[1]),
  gitTokenOf: ({ username, password }) =>
    username === 'oauth2' ? password : '',
  refusal: message => ({ message }),
  headers: {
    'RateLimit-Limit': '2000',
    'RateLimit-Remaining': '1999',
    'RateLimit-Reset': '1767225600',
  },
  async answer(host, request) {
    const [first, second, ...rest] = request.parts;
    const { body, login, method } = request;
    if (first === 'user') return { username: login };
    if (first === 'namespaces') return { id: second, full_path: second };
    if (!second && method === 'GET') {
      const text = (request.query.get('search') ?? '').toLowerCase();
      return [...host.repositories.values()]
        .filter(({ full }) => full.toLowerCase().includes(text))
        .map(it => shownProject(host, it));
    }
    if (!second) {
      const made = await host.createRepository(
        `${body.namespace_id}/${body.path}`,
      );
      return { id: made.id };
    }
    const repository = host.repository(second);
    const ids: string[] = [];
    const pattern = rest.map(part => {
      if (!/^(\d+|[0-9a-f]{40})$/.test(part)) return part;
      ids.push(part);
      return ':';
    });
    const route = ROUTES[`${method} ${pattern.join('/')}`];
    if (!route) throw new Refusal(404, `404 ${method} ${rest.join('/')}`);
    return route({ ...request, host, repository, ids });
  },
};

/** Starts it; `tokens` are the logins of who may ask, by their token. */
export const startGitlabEmulator = (
  tokens: Record<string, string>,
): Promise<GitlabEmulator> => EmulatedHost.start(GITLAB, tokens);
