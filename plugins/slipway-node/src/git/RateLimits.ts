import { rateLimitOf } from './hostAnswers';
import type { HostLimit, RateLimit } from './PullRequestHost';

/** GitHub counts searches and others by themselves; what everything else is asked with is called by these. */
const GENERAL = new Set([undefined, 'core', 'api']);

/**
 * What each host of an adapter said last of its limit.
 * @public
 */
export class RateLimits {
  readonly #last = new Map<string, RateLimit>();

  /** Reads it from the headers of an answer, which are in lower case. */
  note(
    host: string,
    headers: Record<string, string | number | undefined>,
  ): void {
    const resource = headers['x-ratelimit-resource'];
    if (!GENERAL.has(resource as string | undefined)) return;
    const said = rateLimitOf(headers);
    if (said) this.#last.set(host, said);
  }

  of(hosts: string[]): HostLimit[] {
    return hosts.map(host => {
      const rateLimit = this.#last.get(host);
      return { host, ...(rateLimit && { rateLimit }) };
    });
  }
}
