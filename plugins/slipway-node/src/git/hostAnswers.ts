import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { RateLimit } from './PullRequestHost';

/**
 * What a host said instead of doing what it was asked for.
 * @public
 */
export interface RefusedAnswer {
  /** As people call it, e.g. `Gitea at git.example.org`. */
  host: string;
  /** What it was asked for, in words that go behind "can't", e.g. `open a pull request in acme/platform`. */
  act: string;
  /** HTTP status; undefined when there was no answer. */
  status?: number;
  /** The host's own sentence. */
  message?: string;
  /** Response headers, in lower case. */
  headers?: Record<string, string | number | undefined>;
}

const LONGEST = 500;

/**
 * The error that a caller of a `PullRequestHost` gets for an answer: one type a case, and a message that says what to do.
 * @public
 */
export function hostError(answer: RefusedAnswer): Error {
  const { host, act, status, headers = {} } = answer;
  const said = answer.message?.slice(0, LONGEST).replace(/\s+/g, ' ').trim();
  const because = said ? `: ${said}` : '';
  const where = `${host} did not ${act}`;
  if (status === undefined) {
    return new ServiceUnavailableError(
      `${host} can't be reached to ${act}${because}. It is asked again.`,
    );
  }
  if (status === 429 || (status === 403 && isUsedUp(headers))) {
    const until = untilOf(headers);
    return new ServiceUnavailableError(
      `${host} allows no more requests now, so it did not ${act}. It is asked again${until ? ` from ${until} on` : ''}.`,
    );
  }
  if (status >= 500) {
    return new ServiceUnavailableError(
      `${where}, it answered ${status}${because}. It is asked again.`,
    );
  }
  if (status === 401) {
    return new NotAllowedError(
      `${where}: it doesn't take the credentials${because}. Renew those in integrations.`,
    );
  }
  if (status === 403) {
    const needed =
      headers['x-accepted-github-permissions'] ??
      headers['x-accepted-oauth-scopes'];
    return new NotAllowedError(
      `${where}: the credentials in integrations lack the right${needed ? ` (one of: ${needed})` : ''}${because}.`,
    );
  }
  if (status === 404) {
    return new NotFoundError(
      `${where}: it knows no such thing, or hides it from the credentials in integrations${because}.`,
    );
  }
  if (status === 405 || status === 409 || status === 412) {
    return new ConflictError(`${where}${because}.`);
  }
  return new InputError(`${where}, it answered ${status}${because}.`);
}

/**
 * Whether the `fetch` of Node threw because nobody answered, and not because the code that called it is wrong.
 * @public
 */
export function isUnanswered(error: unknown): boolean {
  const { name, message } = error as Partial<Error>;
  return (
    name === 'TimeoutError' ||
    (name === 'TypeError' && message === 'fetch failed')
  );
}

/**
 * What is left, by the headers that GitHub, GitLab and Gitea use; undefined where they say nothing.
 * @public
 */
export function rateLimitOf(
  headers: Record<string, string | number | undefined>,
  asOf: Date = new Date(),
): RateLimit | undefined {
  const number = (...names: string[]) => {
    const text = names.map(name => headers[name]).find(it => it !== undefined);
    return text === undefined ? NaN : Number(text);
  };
  const remaining = number('x-ratelimit-remaining', 'ratelimit-remaining');
  const limit = number('x-ratelimit-limit', 'ratelimit-limit');
  const reset = number('x-ratelimit-reset', 'ratelimit-reset');
  return Number.isFinite(remaining + limit + reset)
    ? {
        remaining,
        limit,
        resetAt: new Date(reset * 1000).toISOString(),
        asOf: asOf.toISOString(),
      }
    : undefined;
}

/** GitHub answers 403 to who asked too often, and says so in headers alone. */
function isUsedUp(headers: NonNullable<RefusedAnswer['headers']>): boolean {
  return (
    headers['retry-after'] !== undefined ||
    rateLimitOf(headers)?.remaining === 0
  );
}

function untilOf(
  headers: NonNullable<RefusedAnswer['headers']>,
): string | undefined {
  const seconds = Number(headers['retry-after'] ?? NaN);
  return Number.isFinite(seconds)
    ? new Date(Date.now() + seconds * 1000).toISOString()
    : rateLimitOf(headers)?.resetAt;
}
