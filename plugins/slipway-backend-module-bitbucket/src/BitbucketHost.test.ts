import {
  type BitbucketEmulator,
  startBitbucketEmulator,
} from './__testUtils__/bitbucketEmulator';
import { BitbucketHost } from './BitbucketHost';

let emulator: BitbucketEmulator;
let host: BitbucketHost;
const hostOf = (token?: string) =>
  BitbucketHost.create([
    {
      host: emulator.host,
      apiBaseUrl: `${emulator.url}/2.0`,
      username: 'slipway',
      token,
    },
  ]);
const repository = () => ({
  url: `${emulator.url}/acme/platform.git`,
  branch: 'main',
});
const pulls = () => emulator.repository('acme/platform').pulls;

/** A pull request whose commit exists nowhere but in the list. */
const pull = (number: number) => ({
  number,
  title: `Change ${number}`,
  body: '',
  author: 'alice',
  head: `branch-${number}`,
  base: 'main',
  fork: false,
  sha: 'f'.repeat(40),
  state: 'closed' as const,
  updated: '2026-01-01T00:00:00Z',
  reviews: [],
  comments: [],
});

beforeAll(async () => {
  emulator = await startBitbucketEmulator({
    'a-token': 'slipway',
    'token-of-alice': 'alice',
  });
  host = hostOf('a-token');
  await host.ensureRepository(repository(), {});
});
afterAll(() => emulator.close());

it('answers for its host where there are credentials, and leaves it to plain Git where there are none', () => {
  expect(host.supports(repository().url)).toBe(true);
  expect(host.supports('https://git.example.org/acme/platform')).toBe(false);
  expect(host.supports('/srv/git/platform.git')).toBe(false);
  expect(hostOf().supports(repository().url)).toBe(false);
});

it('makes a repository once', async () => {
  expect(await host.ensureRepository(repository(), {})).toEqual({
    created: false,
  });
});

it.each([
  [
    { token: 'a-token', username: 'slipway' },
    { username: 'x-bitbucket-api-token-auth', password: 'a-token' },
  ],
  [
    { appPassword: 'a-password', username: 'slipway' },
    { username: 'slipway', password: 'a-password' },
  ],
])('gives Git what the integration has: %j', async (config, expected) => {
  const one = BitbucketHost.create([
    { host: 'bitbucket.org', apiBaseUrl: 'https://api.invalid/2.0', ...config },
  ]);
  expect(await one.credentials('https://bitbucket.org/acme/a')).toEqual(
    expected,
  );
});

it.each([
  [400, {}, 'InputError', 'Refused by the test'],
  [401, {}, 'NotAllowedError', 'Renew'],
  [403, {}, 'NotAllowedError', 'lack the right'],
  [404, {}, 'NotFoundError', 'hides it'],
  [409, {}, 'ConflictError', 'Refused by the test'],
  [429, { 'Retry-After': '60' }, 'ServiceUnavailableError', 'asked again from'],
  [555, {}, 'ServiceUnavailableError', '555'],
])('tells %s %j apart', async (status, headers, name, words) => {
  emulator.refuseNext(status, headers);
  const error = await host
    .listOpen(repository(), { limit: 1 })
    .catch(refusal => refusal);
  expect(error.name).toBe(name);
  expect(error.message).toContain(words);
  expect(error.message).not.toContain('a-token');
});

it('names the scopes that the token lacks', async () => {
  emulator.refuseNext(
    403,
    {},
    {
      type: 'error',
      error: {
        message: 'Your credentials lack one or more required privilege scopes.',
        detail: {
          required: ['pullrequest:write'],
          granted: ['repository', 'pullrequest'],
        },
      },
    },
  );
  await expect(
    host.open(repository(), { branch: 'a', title: 'A', description: '' }),
  ).rejects.toMatchObject({
    name: 'NotAllowedError',
    message: expect.stringContaining(
      'required pullrequest:write; granted repository, pullrequest',
    ),
  });
});

it('says that nobody answers', async () => {
  const gone = BitbucketHost.create([
    {
      host: '127.0.0.1:1',
      apiBaseUrl: 'http://127.0.0.1:1/2.0',
      username: 'slipway',
      token: 't',
    },
  ]);
  await expect(
    gone.get({ url: 'http://127.0.0.1:1/acme/platform', branch: 'main' }, 1),
  ).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringContaining("can't be reached"),
  });
});

it('finds its comment on a later page, and passes over the marker of somebody else', async () => {
  const marker = '<!-- slipway:plan -->';
  const one = pull(pulls().length + 1);
  pulls().push(one);
  await hostOf('token-of-alice').comment(repository(), one.number, {
    marker,
    body: 'Mine',
  });
  const mine = one.comments as Array<{
    id: number;
    body: string;
    login: string;
  }>;
  for (let id = 1; id <= 120; id += 1)
    mine.push({ id: 1_000 + id, body: 'Chatter', login: 'alice' });
  for (const body of ['Old', 'New', 'New'])
    await host.comment(repository(), one.number, { marker, body });
  const ours = mine.filter(({ login }) => login === 'slipway');
  expect(ours).toHaveLength(1);
  expect(ours[0].body).toContain('New');
  expect(mine[0].body).toContain('Mine');
});

it('writes no HTML, which Bitbucket shows as it is', async () => {
  const one = pull(pulls().length + 1);
  pulls().push(one);
  await host.comment(repository(), one.number, {
    marker: '<!-- slipway:plan -->',
    body: 'Creates 1 object\n\n<details><summary>What changes</summary>\n\n```diff\n+ a\n```\n\n</details>',
  });
  const [{ body }] = one.comments as unknown as Array<{ body: string }>;
  expect(body).toBe(
    '[//]: # (slipway:plan)\n\nCreates 1 object\n\n**What changes**\n\n```diff\n+ a\n```',
  );
});

it('goes to the next page only where the credentials belong', async () => {
  emulator.refuseNext(
    200,
    {},
    {
      values: [{ uuid: '{1}', url: 'https://a.example.org' }],
      next: 'http://127.0.0.1:1/2.0/elsewhere',
    },
  );
  await expect(
    host.removeWebhook(repository(), 'https://b.example.org'),
  ).resolves.toBeUndefined();
});
