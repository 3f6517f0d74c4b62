import {
  type GitlabEmulator,
  startGitlabEmulator,
} from './__testUtils__/gitlabEmulator';
import { GitlabHost } from './GitlabHost';

let emulator: GitlabEmulator;
let host: GitlabHost;
const repository = () => ({
  url: `${emulator.url}/acme/platform.git`,
  branch: 'main',
});

beforeAll(async () => {
  emulator = await startGitlabEmulator({ 'a-token': 'slipway' });
  host = GitlabHost.create([
    {
      host: emulator.host,
      baseUrl: emulator.url,
      apiBaseUrl: `${emulator.url}/api/v4`,
      token: 'a-token',
    },
  ]);
  await host.ensureRepository(repository(), {});
});
afterAll(() => emulator.close());

it('answers for the hosts of integrations.gitlab alone', () => {
  expect(host.supports(repository().url)).toBe(true);
  expect(host.supports('https://git.example.org/acme/platform')).toBe(false);
});

it.each([
  [401, {}, 'NotAllowedError', 'Renew'],
  [403, {}, 'NotAllowedError', 'lack the right'],
  [404, {}, 'NotFoundError', 'hides it'],
  [409, {}, 'ConflictError', 'Refused by the test'],
  [422, {}, 'InputError', 'Refused by the test'],
  [429, { 'Retry-After': '60' }, 'ServiceUnavailableError', 'asked again from'],
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

it('names the scope that the token lacks', async () => {
  emulator.refuseNext(
    403,
    {},
    {
      error: 'insufficient_scope',
      error_description:
        'The request requires higher privileges than provided by the access token.',
      scope: 'api',
    },
  );
  await expect(host.get(repository(), 1)).rejects.toMatchObject({
    name: 'NotAllowedError',
    message: expect.stringContaining('(scope api)'),
  });
});

it('knows what is left of the limit', async () => {
  await host.listOpen(repository(), { limit: 1 });
  expect(host.rateLimits()).toEqual([
    {
      host: emulator.host,
      rateLimit: {
        remaining: 1999,
        limit: 2000,
        resetAt: '2026-01-01T00:00:00.000Z',
        asOf: expect.any(String),
      },
    },
  ]);
});
