import { useApi } from '@backstage/frontend-plugin-api';
import type { SlipwayClient } from '@slipway/plugin-slipway-common';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { slipwayApiRef } from './ref';

/**
 * One cache a client, so that cards, tab and pages that ask for the same thing share one answer and one poll.
 * Weak, so that nothing outlives the app (or the test) that made the client.
 */
const caches = new WeakMap<SlipwayClient, QueryClient>();

/** @internal */
export function cacheOf(client: SlipwayClient): QueryClient {
  let cache = caches.get(client);
  if (!cache) {
    cache = new QueryClient({
      defaultOptions: {
        // The next poll is the retry; one on top of it would only delay telling the person.
        queries: { retry: false, networkMode: 'always' },
        mutations: { retry: false, networkMode: 'always' },
      },
    });
    caches.set(client, cache);
  }
  return cache;
}

/**
 * Gives what is inside it the data of Slipway. Every extension of the plugin has one around it.
 *
 * @internal
 */
export function SlipwayProvider(props: { children: ReactNode }) {
  const client = useApi(slipwayApiRef);
  return (
    <QueryClientProvider client={cacheOf(client)}>
      {props.children}
    </QueryClientProvider>
  );
}
