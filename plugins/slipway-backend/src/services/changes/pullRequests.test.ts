import { mockServices } from '@backstage/backend-test-utils';
import slipwayModuleGithub from '@slipway/plugin-slipway-backend-module-github';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- The emulator is no part of what the package publishes.
import {
  type GithubEmulator,
  startGithubEmulator,
} from '../../../../slipway-backend-module-github/src/__testUtils__/githubEmulator';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import {
  openBody,
  pathOf,
  SERVICE,
} from '../../hardening/__testUtils__/requests';
import {
  startTestPortal,
  type TestPortal,
} from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  type TestRepositories,
} from '../../__testUtils__/testRepositories';

const databases = createTestDatabases();
let repositories: TestRepositories;
let emulator: GithubEmulator;
let portal: TestPortal;

/** As somebody who never opens the portal. */
async function asAlice(method: string, route: string, body?: object) {
  const answer = await fetch(
    `${emulator.url}/api/v3/repos/acme/platform/${route}`,
    {
      method,
      headers: { Authorization: 'token token-of-alice' },
      body: body && JSON.stringify(body),
    },
  );
  if (!answer.ok) throw new Error(`${method} ${route}: ${await answer.text()}`);
  return answer.json();
}

const remote = () =>
  `http://alice:token-of-alice@${emulator.host}/acme/platform.git`;

/** Commits files upon the base to a branch of the host, whatever stood there. */
async function push(
  branch: string,
  files: Record<string, string>,
  email = 'alice@example.org',
): Promise<string> {
  const clone = await mkdtemp(join(repositories.root, 'alice-'));
  const { git } = repositories;
  await git(clone, 'clone', '-q', remote(), '.');
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(clone, path, '..'), { recursive: true });
    await writeFile(join(clone, path), content);
  }
  await git(clone, 'add', '-A');
  const author = `--author=Alice <${email}>`;
  await git(clone, 'commit', '-q', '-m', 'By hand', author);
  await git(clone, 'push', '-q', 'origin', `+HEAD:refs/heads/${branch}`);
  return (await git(clone, 'rev-parse', 'HEAD')).trim();
}

/** Commits files to a branch of the host, and opens a pull request of it. */
async function pullRequest(
  branch: string,
  files: Record<string, string>,
  head = branch,
  email?: string,
): Promise<{ number: number; sha: string }> {
  const sha = await push(branch, files, email);
  const { number } = await asAlice('POST', 'pulls', {
    title: 'A service more',
    body: 'We need it.',
    head,
    base: 'main',
  });
  return { number, sha };
}

const planOf = (sha: string) =>
  portal.until(async () => {
    const statuses: Array<{ context: string; state: string }> = await asAlice(
      'GET',
      `commits/${sha}/statuses`,
    );
    return statuses.find(({ context }) => context === 'slipway/plan');
  }, 40);

const listed = async (number: number, state?: string) =>
  (
    await portal
      .as('priya')
      .get(`/change-requests${state ? `?state=${state}` : ''}`)
  ).body.items.find((item: { number: number }) => item.number === number);

beforeAll(async () => {
  repositories = await createTestRepositories();
  emulator = await startGithubEmulator({
    'token-of-slipway': 'slipway',
    'token-of-alice': 'alice',
  });
  const api = `${emulator.url}/api/v3`;
  await fetch(`${api}/orgs/acme/repos`, {
    method: 'POST',
    headers: { Authorization: 'token token-of-alice' },
    body: JSON.stringify({ name: 'platform' }),
  });
  await repositories.git(
    repositories.platform,
    ...['push', '-q', remote(), 'main'],
  );
  portal = await startTestPortal({
    repositories,
    db: await databases.empty('SQLITE_3'),
    features: [slipwayModuleGithub, mockServices.events.factory()],
    config: {
      app: { baseUrl: 'https://portal.example.org' },
      integrations: {
        github: [
          { host: emulator.host, apiBaseUrl: api, token: 'token-of-slipway' },
        ],
      },
    },
    slipway: {
      platform: {
        repositories: [{ url: `${emulator.url}/acme/platform.git` }],
        pollSeconds: 1,
      },
    },
  });
}, 120_000);

afterAll(async () => {
  await portal?.stop();
  await emulator?.close();
  await repositories?.remove();
});

it('plans, tells and follows a change of somebody who never opens the portal', async () => {
  const { number, sha } = await pullRequest('by-hand', {
    [pathOf('outside')]: SERVICE('outside'),
  });
  expect(await planOf(sha)).toMatchObject({ state: 'success' });
  const [comment, ...others] = await asAlice(
    'GET',
    `issues/${number}/comments`,
  );
  expect(others).toEqual([]);
  expect(comment.user.login).toBe('slipway');
  expect(comment.body).toContain('objects in');
  const item = await portal.until(() => listed(number));
  expect(item).toMatchObject({
    title: 'A service more',
    author: 'user:github/alice',
    url: `${emulator.url}/acme/platform/pull/${number}`,
  });
  expect(comment.body).toContain(
    `https://portal.example.org/slipway/change-requests/${item.id}`,
  );

  await asAlice('POST', `pulls/${number}/reviews`, { event: 'APPROVE' });
  await portal.until(async () => {
    const { body } = await portal
      .as('priya')
      .get(`/change-requests/${item.id}`);
    return body.pullRequest?.reviews[0]?.author === 'alice' && body;
  });

  await asAlice('PUT', `pulls/${number}/merge`, {
    sha,
    merge_method: 'squash',
    commit_title: 'Squashed',
    commit_message: '',
  });
  await portal.until(async () => (await listed(number, 'merged')) && true, 40);
  await portal.until(async () => {
    const { body } = await portal.as('priya').get('/services');
    return body.items.some(({ name }: { name: string }) => name === 'outside');
  }, 40);
}, 120_000);

it('fails the check of a file that is wrong, and says where', async () => {
  const { number, sha } = await pullRequest('wrong', {
    [pathOf('wrong')]: SERVICE('wrong').replace('port: 8080', 'port: eighty'),
  });
  expect(await planOf(sha)).toMatchObject({ state: 'failure' });
  const [comment] = await asAlice('GET', `issues/${number}/comments`);
  expect(comment.body).toContain(`${pathOf('wrong')}:`);
}, 60_000);

it('leaves a pull request of a fork alone, and says so on its commit', async () => {
  const { number, sha } = await pullRequest(
    'of-a-fork',
    { 'README.md': 'Mine\n' },
    'mallory:of-a-fork',
  );
  expect(await planOf(sha)).toMatchObject({
    state: 'failure',
    description: expect.stringContaining('fork'),
  });
  expect(await asAlice('GET', `issues/${number}/comments`)).toEqual([]);
  expect(await listed(number)).toBeUndefined();
}, 60_000);

it('opens and merges at the host what is opened and merged in the portal', async () => {
  const opened = await portal
    .as('priya')
    .post('/change-requests', openBody('inside', SERVICE('inside')));
  expect(opened.status).toBe(201);
  const { id, number, headCommit } = opened.body;
  expect(await asAlice('GET', `pulls/${number}`)).toMatchObject({
    state: 'open',
    user: { login: 'slipway' },
  });
  const merged = await portal
    .as('priya')
    .post(`/change-requests/${id}/merge`, { headCommit });
  expect(merged.body).toMatchObject({ state: 'merged' });
  expect(await asAlice('GET', `pulls/${number}`)).toMatchObject({
    state: 'closed',
    merge_commit_sha: merged.body.mergeCommit,
  });
}, 60_000);

it('says why the host merges nothing, keeps the change open, and merges when its rules are met', async () => {
  const platform = emulator.repository('acme/platform');
  const opened = await portal
    .as('priya')
    .post('/change-requests', openBody('ruled', SERVICE('ruled')));
  const { id, headCommit } = opened.body;
  const merge = () =>
    portal.as('priya').post(`/change-requests/${id}/merge`, { headCommit });
  for (const rule of [
    'Required status check "ci/test" is expected.',
    'Cannot update this protected ref: at least 1 approving review is required.',
  ]) {
    platform.rule = rule;
    const { status, body } = await merge();
    expect([status, body.detail]).toEqual([409, expect.stringContaining(rule)]);
  }
  expect(
    portal.audit.filter(
      ({ eventId, status }) =>
        eventId === 'change-request-merge' && status === 'failed',
    ),
  ).toHaveLength(2);
  platform.rule = undefined;
  expect((await merge()).body).toMatchObject({ state: 'merged' });
}, 60_000);

it('plans a branch anew that was forced to another commit, and merges none that nobody looked at', async () => {
  const { number, sha } = await pullRequest('forced', {
    [pathOf('forced')]: SERVICE('forced'),
  });
  await planOf(sha);
  const { id } = await portal.until(() => listed(number));
  const forced = await push('forced', {
    [pathOf('forced')]: SERVICE('forced').replace('port: 8080', 'port: 8181'),
  });
  const stale = await portal
    .as('priya')
    .post(`/change-requests/${id}/merge`, { headCommit: sha });
  expect([stale.status, stale.body.detail]).toEqual([
    409,
    // Said by whoever sees it first: the portal, the mirror, or the host.
    expect.stringMatching(/you looked at|stands at|was modified/),
  ]);
  expect(await planOf(forced)).toMatchObject({ state: 'success' });
  const { body } = await portal.as('priya').get(`/change-requests/${id}`);
  expect(body.headCommit).toBe(forced);
}, 60_000);

it('ends a change whose branch somebody deleted at the host', async () => {
  const { number, sha } = await pullRequest('deleted', {
    [pathOf('deleted')]: SERVICE('deleted'),
  });
  await planOf(sha);
  const { id } = await portal.until(() => listed(number));
  await repositories.git(
    repositories.platform,
    ...['push', '-q', remote(), ':refs/heads/deleted'],
  );
  const ended = await portal.until(async () => {
    const { body } = await portal.as('priya').get(`/change-requests/${id}`);
    return body.state !== 'open' && body;
  }, 40);
  expect(ended.state).toBe('closed');
  const late = await portal
    .as('priya')
    .post(`/change-requests/${id}/merge`, { headCommit: sha });
  expect([late.status, late.body.detail]).toEqual([
    409,
    expect.stringContaining('closed'),
  ]);
}, 60_000);

it('says which right the credentials lack, and opens the pull request once they have it', async () => {
  emulator.readOnly = {
    status: 403,
    headers: { 'X-Accepted-GitHub-Permissions': 'pull_requests=write' },
  };
  const body = openBody('unscoped', SERVICE('unscoped'));
  const refused = await portal.as('priya').post('/change-requests', body);
  expect([refused.status, refused.body.detail]).toEqual([
    403,
    expect.stringContaining('pull_requests=write'),
  ]);
  emulator.readOnly = undefined;
  const again = await portal.as('priya').post('/change-requests', body);
  expect(again.status).toBe(201);
  expect(await asAlice('GET', `pulls/${again.body.number}`)).toMatchObject({
    state: 'open',
  });
}, 60_000);

it('is approved by nobody who pushed a commit of it at the host', async () => {
  const { number, sha } = await pullRequest(
    'own-word',
    { [pathOf('own-word')]: SERVICE('own-word') },
    'own-word',
    'priya@users.slipway.invalid',
  );
  await planOf(sha);
  const { id } = await portal.until(() => listed(number));
  const approve = (person: 'priya' | 'pavel') =>
    portal
      .as(person)
      .post(`/change-requests/${id}/approve`, { headCommit: sha });
  const reason = `You wrote commit ${sha.slice(0, 7)} of change request #${number}; somebody else has to approve it.`;
  const { body } = await portal.as('priya').get(`/change-requests/${id}`);
  expect([body.allowed.approve, body.allowed.reasons.approve]).toEqual([
    false,
    reason,
  ]);
  const own = await approve('priya');
  expect([own.status, own.body.detail]).toEqual([403, reason]);
  expect((await approve('pavel')).status).toBe(200);
}, 60_000);
