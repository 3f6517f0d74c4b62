import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './generated/openapi';
import { SlipwayApiError } from './SlipwayApiError';

/**
 * The typed client of the API: one method a verb, paths and bodies checked against the OpenAPI document.
 * @public
 */
export type SlipwayClient = Client<paths>;

/** What the client needs: Backstage's discovery and fetch, or their like. @public */
export interface SlipwayClientOptions {
  /** Where the backend plugin answers. */
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  /** What sends the requests. */
  fetchApi: { fetch: typeof fetch };
  /** Credentials of a plugin-to-plugin call; in the browser the fetch API adds the user's. */
  token?: () => Promise<string | undefined>;
}

const PLACEHOLDER = 'http://slipway.invalid';

/**
 * Creates a client. Every answer that isn't 2xx is thrown as {@link SlipwayApiError}.
 * @public
 */
export function createSlipwayClient(
  options: SlipwayClientOptions,
): SlipwayClient {
  const client = createClient<paths>({
    baseUrl: PLACEHOLDER,
    fetch: async request => {
      const base = await options.discoveryApi.getBaseUrl('slipway');
      const headers = new Headers(request.headers);
      const token = await options.token?.();
      if (token) headers.set('authorization', `Bearer ${token}`);
      const body = ['GET', 'HEAD'].includes(request.method)
        ? undefined
        : await request.text();
      return options.fetchApi.fetch(
        base + request.url.slice(PLACEHOLDER.length),
        {
          method: request.method,
          headers,
          body,
          signal: request.signal,
        },
      );
    },
  });
  client.use({
    async onResponse({ response }) {
      if (response.ok) return undefined;
      let body: unknown;
      try {
        body = await response.clone().json();
      } catch {
        body = undefined;
      }
      throw SlipwayApiError.from(response, body);
    },
  });
  return client;
}

/**
 * The body of an answer, or the error that the middleware threw.
 * @public
 */
export async function unwrap<T>(
  answer: Promise<{ data?: T; error?: unknown }>,
): Promise<T> {
  const { data } = await answer;
  return data as T;
}
