import {
  type BitbucketCloudIntegrationConfig,
  getBitbucketCloudRequestOptions,
} from '@backstage/integration';
import {
  hostError,
  isUnanswered,
  type RateLimits,
} from '@slipway/plugin-slipway-node';

const TIMEOUT_MS = 20_000;

/** A question, and what is done by it in words that go behind "did not". */
export interface Question {
  act: string;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind the API's address; each part of it is encoded. */
  path: string[];
  query?: Record<string, string>;
  body?: object;
  /** What a 400 means here: wrong input, unless the answer can only be about a state. */
  meansOf400?: number;
}

/** The body of a refusal. */
interface Refused {
  error?: {
    message?: string;
    detail?: string | { required?: string[]; granted?: string[] };
    fields?: Record<string, string[]>;
  };
}

/** Asks the REST API of Bitbucket Cloud (2.0); every refusal is the error that the port names for it. */
export class BitbucketApi {
  constructor(
    private readonly config: BitbucketCloudIntegrationConfig,
    private readonly limits: RateLimits,
  ) {}

  async ask<T>(question: Question): Promise<T> {
    return parsed<T>(await this.text(question));
  }

  /** As it came, for what is no JSON. */
  async text(question: Question): Promise<string> {
    const { path, query = {} } = question;
    const url = new URL(
      `${this.config.apiBaseUrl}/${path.map(encodeURIComponent).join('/')}`,
    );
    for (const [name, value] of Object.entries(query))
      url.searchParams.set(name, value);
    return this.#fetch(url, question);
  }

  /** Everything of a list that comes in pages, as far as `limit`. */
  async list<T>(question: Question, limit: number = Infinity): Promise<T[]> {
    interface Page {
      values?: T[];
      next?: string;
    }
    let page = await this.ask<Page>(question);
    const all = [...(page.values ?? [])];
    while (page.next && all.length < limit) {
      const next = new URL(page.next);
      // The credentials go with it, so it must be the same place.
      if (next.origin !== new URL(this.config.apiBaseUrl).origin) break;
      page = parsed<Page>(await this.#fetch(next, question));
      all.push(...(page.values ?? []));
    }
    return all.slice(0, limit);
  }

  async #fetch(url: URL, question: Question): Promise<string> {
    const { act, method = 'GET', body, meansOf400 = 400 } = question;
    const host = `Bitbucket at ${this.config.host}`;
    let response: Response;
    try {
      const { headers } = await getBitbucketCloudRequestOptions(this.config);
      response = await fetch(url, {
        method,
        headers: {
          ...headers,
          ...(body && { 'Content-Type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      throw hostError({ host, act, message: causeOf(error as Error) });
    }
    const answered = Object.fromEntries(response.headers);
    this.limits.note(this.config.host, answered);
    const text = await response.text();
    if (response.ok) return text;
    throw hostError({
      host,
      act,
      status: response.status === 400 ? meansOf400 : response.status,
      headers: answered,
      message: sentenceOf(text),
    });
  }
}

/** Bitbucket's own sentence, with the scopes that a token lacks and the fields that are wrong, where it names them. */
function sentenceOf(text: string): string {
  let error: Refused['error'];
  try {
    ({ error } = JSON.parse(text) as Refused);
  } catch {
    return text;
  }
  const { message, detail, fields } = error ?? {};
  const scopes =
    typeof detail === 'object' && detail?.required
      ? `required ${detail.required.join(', ')}; granted ${detail.granted?.join(', ') || 'none'}`
      : undefined;
  return [
    message,
    typeof detail === 'string' ? detail : scopes,
    ...Object.entries(fields ?? {}).map(
      ([name, problems]) => `${name}: ${[problems].flat().join(' ')}`,
    ),
  ]
    .filter(Boolean)
    .join(' – ');
}

function parsed<T>(text: string): T {
  return (text ? JSON.parse(text) : undefined) as T;
}

function causeOf({ message, cause }: Error): string {
  return (cause as { code?: string } | undefined)?.code ?? message;
}
