import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  type GithubEmulator,
  startGithubEmulator,
} from './__testUtils__/githubEmulator';
import { GithubHost } from './GithubHost';

let emulator: GithubEmulator;
let host: GithubHost;
const repository = () => ({
  url: `${emulator.url}/acme/platform.git`,
  branch: 'main',
});

beforeAll(async () => {
  emulator = await startGithubEmulator({
    'a-token': 'slipway',
    'b-token': 'somebody',
  });
  const integrations = ScmIntegrations.fromConfig(
    new ConfigReader({
      integrations: {
        github: [
          {
            host: emulator.host,
            apiBaseUrl: `${emulator.url}/api/v3`,
            token: 'a-token',
          },
        ],
      },
    }),
  );
  host = GithubHost.create({
    integrations,
    credentials:
      DefaultGithubCredentialsProvider.fromIntegrations(integrations),
  });
  await host.ensureRepository(repository(), {});
});
afterAll(() => emulator.close());

it('answers for the hosts of integrations.github alone', () => {
  expect(host.supports(repository().url)).toBe(true);
  expect(host.supports('https://git.example.org/acme/platform')).toBe(false);
  expect(host.supports('/srv/git/platform.git')).toBe(false);
});

it('makes a repository once', async () => {
  expect(await host.ensureRepository(repository(), {})).toEqual({
    created: false,
  });
});

it('makes a repository in no other account than it was asked for', async () => {
  const of = (owner: string) => ({
    url: `${emulator.url}/${owner}/basket.git`,
    branch: 'main',
  });
  await expect(host.ensureRepository(of('somebody'), {})).rejects.toThrow(
    "'somebody' is the account of a person",
  );
  expect(await host.ensureRepository(of('slipway'), {})).toEqual({
    created: true,
  });
  expect(() => emulator.repository('somebody/basket')).toThrow();
});

it('gives Git the token of the integration', async () => {
  expect(await host.credentials(repository().url)).toEqual({
    username: 'x-access-token',
    password: 'a-token',
  });
});

it.each([
  [401, {}, 'NotAllowedError', 'Renew'],
  [
    403,
    { 'X-Accepted-GitHub-Permissions': 'pull_requests=write' },
    'NotAllowedError',
    'pull_requests=write',
  ],
  [403, { 'Retry-After': '60' }, 'ServiceUnavailableError', 'asked again from'],
  [422, {}, 'InputError', 'Refused by the test'],
  [429, {}, 'ServiceUnavailableError', 'no more requests'],
  [502, {}, 'ServiceUnavailableError', '502'],
])('tells %s %j apart', async (status, headers, name, words) => {
  emulator.refuseNext(status, headers);
  const error = await host
    .listOpen(repository(), { limit: 1 })
    .catch(refusal => refusal);
  expect(error.name).toBe(name);
  expect(error.message).toContain(words);
  expect(error.message).not.toContain('a-token');
});

it('knows what is left of the limit', async () => {
  await host.listOpen(repository(), { limit: 1 });
  expect(host.rateLimits()).toEqual([
    {
      host: emulator.host,
      rateLimit: {
        remaining: 4711,
        limit: 5000,
        resetAt: '2026-01-01T00:00:00.000Z',
        asOf: expect.any(String),
      },
    },
  ]);
});

it('says that nobody answers', async () => {
  const integrations = ScmIntegrations.fromConfig(
    new ConfigReader({
      integrations: {
        github: [
          { host: '127.0.0.1:1', apiBaseUrl: 'http://127.0.0.1:1', token: 't' },
        ],
      },
    }),
  );
  const gone = GithubHost.create({
    integrations,
    credentials:
      DefaultGithubCredentialsProvider.fromIntegrations(integrations),
  });
  await expect(
    gone.get({ url: 'http://127.0.0.1:1/acme/platform', branch: 'main' }, 1),
  ).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringContaining("can't be reached"),
  });
});
