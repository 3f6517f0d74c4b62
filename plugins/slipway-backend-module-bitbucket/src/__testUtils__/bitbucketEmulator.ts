import { createHmac } from 'node:crypto';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- What emulators share is no part of what the package publishes.
import {
  type ApiRequest,
  type Dialect,
  EmulatedHost,
  type EmulatedPull,
  type EmulatedRepository,
  Refusal,
} from '../../../slipway-node/src/git/__testUtils__/EmulatedHost';

/** What of Bitbucket Cloud's REST API (2.0) Slipway uses, in the shapes of its documentation. */
export type BitbucketEmulator = EmulatedHost;

interface Asked extends ApiRequest {
  host: EmulatedHost;
  repository: EmulatedRepository;
  /** Numbers, commits and ids of the path. */
  ids: string[];
}

const STATES = { open: 'OPEN', merged: 'MERGED', closed: 'DECLINED' };
/** As long as hashes are in pull requests. */
const SHORT = 12;

const account = (login: string) => ({
  type: 'user',
  uuid: `{${login}}`,
  nickname: login,
  display_name: login,
});

const shownPull = (
  { url }: EmulatedHost,
  { full }: EmulatedRepository,
  pull: EmulatedPull,
) => ({
  type: 'pullrequest',
  id: pull.number,
  title: pull.title,
  description: pull.body,
  state: STATES[pull.state],
  author: account(pull.author),
  source: {
    branch: { name: pull.head },
    commit: { type: 'commit', hash: pull.sha.slice(0, SHORT) },
    repository: { full_name: pull.fork ? `fork/${full.split('/')[1]}` : full },
  },
  destination: {
    branch: { name: pull.base },
    repository: { full_name: full },
  },
  merge_commit: pull.mergeCommit
    ? { type: 'commit', hash: pull.mergeCommit.slice(0, SHORT) }
    : null,
  updated_on: pull.updated,
  links: { html: { href: `${url}/${full}/pull-requests/${pull.number}` } },
});

const shownAlone = (
  host: EmulatedHost,
  repository: EmulatedRepository,
  pull: EmulatedPull,
) => ({
  ...shownPull(host, repository, pull),
  reviewers: [account('reviewer')],
  participants: [
    { user: account(pull.author), role: 'PARTICIPANT', state: null },
    ...pull.reviews.map(({ login, at }) => ({
      user: account(login),
      role: 'REVIEWER',
      approved: true,
      state: 'approved',
      participated_on: at,
    })),
  ],
});

const shownRepository = (
  { url }: EmulatedHost,
  { full, fork }: EmulatedRepository,
) => ({
  type: 'repository',
  full_name: full,
  description: '',
  is_private: true,
  mainbranch: { type: 'branch', name: 'main' },
  ...(fork && { parent: { type: 'repository' } }),
  updated_on: '2026-01-01T00:00:00Z',
  links: { html: { href: `${url}/${full}` } },
});

const shownComment = ({ id, body }: EmulatedPull['comments'][number]) => ({
  id,
  deleted: false,
  content: { raw: body, markup: 'markdown' },
});

const pullOf = ({ host, repository, ids }: Asked) =>
  host.pull(repository, Number(ids[0]));

function hookOf({ repository, ids }: Asked) {
  const hook = repository.hooks.find(({ id }) => `{${id}}` === ids[0]);
  if (!hook) throw new Refusal(404, 'Webhook not found');
  return hook;
}

const shownHook = ({ id, url }: { id: number; url: string }) => ({
  uuid: `{${id}}`,
  url,
  active: true,
});

/** What follows `<field> = "…"` in a query. */
const wanted = (query: URLSearchParams, field: string, operator = '=') => {
  const text = new RegExp(`${field} ${operator} ("(?:[^"\\\\]|\\\\.)*")`).exec(
    query.get('q') ?? '',
  )?.[1];
  return text === undefined ? null : (JSON.parse(text) as string);
};

/** Lists come in pages, each with the address of the next. */
function paged(
  { host, query, parts }: Pick<Asked, 'host' | 'query' | 'parts'>,
  values: unknown[],
) {
  const size = Number(query.get('pagelen') ?? 10);
  const page = Number(query.get('page') ?? 1);
  const more = new URLSearchParams(query);
  more.set('page', String(page + 1));
  return {
    pagelen: size,
    page,
    size: values.length,
    values: values.slice((page - 1) * size, page * size),
    ...(values.length > page * size && {
      next: `${host.url}/2.0/${parts.map(encodeURIComponent).join('/')}?${more}`,
    }),
  };
}

/** A conflict is a 409 here, and a head can't be named. */
const merged = (asked: Asked, pull: EmulatedPull) =>
  asked.host
    .merge(asked.repository, pull, {
      message: asked.body.message ?? 'Merge',
      squash: asked.body.merge_strategy === ('squash' as never),
    })
    .catch(error => {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(
        pull.state === 'open' ? 409 : 400,
        'The pull request can’t be merged',
      );
    });

const ROUTES: Record<string, (asked: Asked) => unknown> = {
  'GET ': ({ host, repository }) => shownRepository(host, repository),
  'GET pullrequests': async asked =>
    paged(
      asked,
      (
        await asked.host.openPulls(asked.repository, {
          head: wanted(asked.query, 'source.branch.name'),
          base: wanted(asked.query, 'destination.branch.name'),
        })
      ).map(pull => shownPull(asked.host, asked.repository, pull)),
    ),
  'POST pullrequests': async ({ host, repository, body, login }) => {
    const { source, destination } = body as unknown as Record<
      string,
      { branch: { name: string }; repository?: { full_name: string } }
    >;
    const from = source.repository?.full_name ?? repository.full;
    const pull = await host.open(repository, {
      title: body.title,
      body: body.description ?? '',
      author: login,
      head: `${from === repository.full ? '' : `${from}:`}${source.branch.name}`,
      base: destination.branch.name,
    });
    return shownPull(host, repository, pull);
  },
  'GET pullrequests/:': async asked =>
    shownAlone(asked.host, asked.repository, await pullOf(asked)),
  'PUT pullrequests/:': async asked => {
    const { host, repository, body } = asked;
    const pull = await pullOf(asked);
    if (!Array.isArray(body.reviewers))
      throw new Refusal(400, 'The reviewers were lost');
    if (body.title) pull.title = body.title;
    if (body.description !== undefined) pull.body = body.description;
    pull.updated = host.now();
    return shownPull(host, repository, pull);
  },
  'POST pullrequests/:/merge': async asked => {
    const pull = await pullOf(asked);
    await merged(asked, pull);
    return shownPull(asked.host, asked.repository, pull);
  },
  'POST pullrequests/:/decline': async asked => {
    const pull = await pullOf(asked);
    if (pull.state !== 'open')
      throw new Refusal(400, 'You can’t decline what is not open');
    Object.assign(pull, { state: 'closed', updated: asked.host.now() });
    return shownPull(asked.host, asked.repository, pull);
  },
  'POST pullrequests/:/approve': async asked => {
    const pull = await pullOf(asked);
    pull.updated = asked.host.now();
    pull.reviews.push({ login: asked.login, at: pull.updated, sha: pull.sha });
    return {};
  },
  'GET pullrequests/:/comments': async asked =>
    paged(asked, (await pullOf(asked)).comments.map(shownComment)),
  'POST pullrequests/:/comments': async asked => {
    const { comments } = await pullOf(asked);
    const { host, body, login } = asked;
    const { raw } = body.content as { raw: string };
    comments.push({ id: host.nextId(), body: raw, login });
    return shownComment(comments.at(-1)!);
  },
  'PUT pullrequests/:/comments/:': async asked => {
    const found = (await pullOf(asked)).comments.find(
      ({ id }) => id === Number(asked.ids[1]),
    );
    if (!found) throw new Refusal(404, 'Comment not found');
    if (found.login !== asked.login)
      throw new Refusal(403, 'This comment belongs to somebody else');
    const { raw } = asked.body.content as { raw: string };
    return shownComment(Object.assign(found, { body: raw }));
  },
  'GET commit/:': async ({ host, repository, ids }) => ({
    type: 'commit',
    hash: await host.commit(repository, ids[0]),
  }),
  'GET commit/:/statuses': asked =>
    paged(asked, asked.repository.statuses[asked.ids[0]] ?? []),
  'POST commit/:/statuses/build': async ({ host, repository, ids, body }) => {
    const given = body as unknown as Record<string, string>;
    for (const needed of ['key', 'state', 'url'])
      if (!given[needed]) throw new Refusal(400, `${needed} is required`);
    const { statuses, hooks, full } = repository;
    const others = (statuses[ids[0]] ?? []).filter(
      ({ key }) => key !== given.key,
    );
    statuses[ids[0]] = [given, ...others];
    for (const hook of hooks) {
      await host.deliver(
        hook,
        { repository: { links: { html: { href: `${host.url}/${full}` } } } },
        text => ({
          'X-Event-Key': 'repo:commit_status_created',
          'X-Hub-Signature': `sha256=${createHmac('sha256', hook.secret).update(text).digest('hex')}`,
        }),
      );
    }
    return given;
  },
  'GET refs/branches/main': async ({ host, repository }) => ({
    name: 'main',
    target: { hash: await host.commit(repository, 'refs/heads/main') },
  }),
  'GET hooks': asked => paged(asked, asked.repository.hooks.map(shownHook)),
  'POST hooks': ({ host, repository, body }) => {
    const { url, secret } = body;
    repository.hooks.push({ id: host.nextId(), url, secret });
    return shownHook(repository.hooks.at(-1)!);
  },
  'GET hooks/:': asked => shownHook(hookOf(asked)),
  'PUT hooks/:': asked =>
    shownHook(Object.assign(hookOf(asked), { secret: asked.body.secret })),
  'DELETE hooks/:': asked => {
    const { id } = hookOf(asked);
    asked.repository.hooks = asked.repository.hooks.filter(it => it.id !== id);
  },
};

/** `src/<commit>/` is a list, and `src/<commit>/<path>` the file, or what is known of it. */
async function sourceOf(
  asked: Pick<Asked, 'host' | 'query' | 'parts'>,
  repository: EmulatedRepository,
  [, commit, ...parts]: string[],
) {
  const { files } = await asked.host.files(repository, commit);
  if (parts.length === 0) {
    return paged(
      asked,
      files.map(({ path, mode }) => ({
        type: 'commit_file',
        path,
        attributes: mode.startsWith('120') ? ['link'] : [],
      })),
    );
  }
  const file = files.find(({ path }) => path === parts.join('/'));
  if (!file) throw new Refusal(404, 'No such file or directory');
  const content = await asked.host.blob(repository, file.blob);
  return asked.query.get('format') === 'meta'
    ? { type: 'commit_file', path: file.path, size: content.length }
    : content;
}

const BITBUCKET: Dialect = {
  prefix: '/2.0/',
  tokenOf: ({ headers }) =>
    Buffer.from(headers.authorization?.split(' ')[1] ?? '', 'base64')
      .toString('utf8')
      .split(':')[1],
  gitTokenOf: ({ username, password }) =>
    username === 'x-bitbucket-api-token-auth' ? password : '',
  refusal: message => ({ type: 'error', error: { message } }),
  async answer(host, request) {
    const [first, owner, name, ...rest] = request.parts;
    const full = `${owner}/${name}`;
    const { method } = request;
    if (first === 'user') return { values: [{ workspace: { slug: 'acme' } }] };
    if (name === undefined) {
      const text = (
        wanted(request.query, 'full_name', '~') ?? ''
      ).toLowerCase();
      return paged(
        { ...request, host },
        [...host.repositories.values()]
          .filter(it => it.full.startsWith(`${owner}/`))
          .filter(it => it.full.toLowerCase().includes(text))
          .map(it => shownRepository(host, it)),
      );
    }
    if (method === 'POST' && rest.length === 0) {
      const made = await host.createRepository(full);
      return { full_name: made.full };
    }
    const repository = host.repository(full);
    if (rest[0] === 'src')
      return sourceOf({ ...request, host }, repository, rest);
    const ids: string[] = [];
    const pattern = rest.map(part => {
      if (!/^(\d+|[0-9a-f]{12,40}|\{.+\})$/.test(part)) return part;
      ids.push(part);
      return ':';
    });
    const route = ROUTES[`${method} ${pattern.join('/')}`];
    if (!route) throw new Refusal(404, `404 ${method} ${rest.join('/')}`);
    return route({ ...request, host, repository, ids });
  },
};

/** Starts it; `tokens` are the logins of who may ask, by their token. */
export const startBitbucketEmulator = (
  tokens: Record<string, string>,
): Promise<BitbucketEmulator> => EmulatedHost.start(BITBUCKET, tokens);
