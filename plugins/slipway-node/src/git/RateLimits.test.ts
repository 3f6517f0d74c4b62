import { RateLimits } from './RateLimits';

const headers = (remaining: number, resource?: string) => ({
  'x-ratelimit-remaining': remaining,
  'x-ratelimit-limit': 5000,
  'x-ratelimit-reset': 1767225600,
  'x-ratelimit-resource': resource,
});

it('keeps what each host said last, and names those that say nothing', () => {
  const limits = new RateLimits();
  limits.note('a.example.org', headers(12));
  limits.note('a.example.org', headers(11, 'core'));
  limits.note('a.example.org', {});
  limits.note('b.example.org', headers(7));
  expect(
    limits.of(['a.example.org', 'b.example.org', 'c.example.org']),
  ).toMatchObject([
    { host: 'a.example.org', rateLimit: { remaining: 11 } },
    { host: 'b.example.org', rateLimit: { remaining: 7 } },
    { host: 'c.example.org' },
  ]);
  expect(limits.of(['c.example.org'])).toEqual([{ host: 'c.example.org' }]);
});

it('does not take the limit of searches for the one of everything else', () => {
  const limits = new RateLimits();
  limits.note('a.example.org', headers(4711, 'core'));
  limits.note('a.example.org', headers(3, 'search'));
  expect(limits.of(['a.example.org'])).toMatchObject([
    { rateLimit: { remaining: 4711 } },
  ]);
});
