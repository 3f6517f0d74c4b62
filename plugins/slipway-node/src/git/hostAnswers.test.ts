import { hostError, isUnanswered, rateLimitOf } from './hostAnswers';

const answer = (status: number | undefined, headers = {}, message?: string) =>
  hostError({
    host: 'Gitea at git.example.org',
    act: 'open a pull request in acme/platform',
    status,
    headers,
    message,
  });

describe('hostError', () => {
  it.each([
    [401, 'NotAllowedError', 'Renew'],
    [403, 'NotAllowedError', 'lack the right'],
    [404, 'NotFoundError', 'hides it'],
    [405, 'ConflictError', 'did not open'],
    [409, 'ConflictError', 'did not open'],
    [422, 'InputError', 'answered 422'],
    [429, 'ServiceUnavailableError', 'no more requests'],
    [500, 'ServiceUnavailableError', 'asked again'],
    [undefined, 'ServiceUnavailableError', "can't be reached"],
  ])('makes %s a %s', (status, name, words) => {
    const error = answer(status);
    expect(error.name).toBe(name);
    expect(error.message).toContain(words);
    expect(error.message).toContain('acme/platform');
  });

  it('names the right that is missing, where the host says which', () => {
    expect(
      answer(403, { 'x-accepted-oauth-scopes': 'repo' }).message,
    ).toContain('(one of: repo)');
  });

  it('takes a 403 of a host that was asked too often for what it is, and says until when', () => {
    const error = answer(403, {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-limit': '5000',
      'x-ratelimit-reset': '1767225600',
    });
    expect(error.name).toBe('ServiceUnavailableError');
    expect(error.message).toContain('2026-01-01T00:00:00.000Z');
  });

  it("keeps the host's own sentence, on one line and not longer than one reads", () => {
    expect(answer(409, {}, 'head\nmoved').message).toContain(': head moved.');
    expect(answer(422, {}, 'x'.repeat(9_000)).message.length).toBeLessThan(800);
  });
});

it('reads what is left of a limit, and nothing where nothing is said', () => {
  expect(
    rateLimitOf(
      {
        'ratelimit-remaining': 12,
        'ratelimit-limit': 60,
        'ratelimit-reset': 0,
      },
      new Date('2026-01-01T00:00:00Z'),
    ),
  ).toEqual({
    remaining: 12,
    limit: 60,
    resetAt: '1970-01-01T00:00:00.000Z',
    asOf: '2026-01-01T00:00:00.000Z',
  });
  expect(rateLimitOf({})).toBeUndefined();
});

it('tells a host that does not answer from code that is wrong', async () => {
  const refused = await fetch('http://127.0.0.1:1').catch(error => error);
  expect(isUnanswered(refused)).toBe(true);
  expect(isUnanswered(new TypeError('x is not a function'))).toBe(false);
});
