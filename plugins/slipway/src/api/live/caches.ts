import type { SlipwayClient } from '@slipway/plugin-slipway-common';
import { QueryClient } from '@tanstack/react-query';
import { LiveUpdates } from './LiveUpdates';

/**
 * One cache a client, so that cards, tab and pages that ask for the same thing share one answer, and one subscription.
 * Weak, so that nothing outlives the app (or the test) that made the client.
 */
const caches = new WeakMap<
  SlipwayClient,
  { cache: QueryClient; live: LiveUpdates }
>();

function of(client: SlipwayClient): { cache: QueryClient; live: LiveUpdates } {
  let known = caches.get(client);
  if (!known) {
    const cache = new QueryClient({
      defaultOptions: {
        // A change that follows, or the next poll, is the retry; one on top would only delay telling the person.
        queries: { retry: false, networkMode: 'always' },
        mutations: { retry: false, networkMode: 'always' },
      },
    });
    known = { cache, live: new LiveUpdates(cache) };
    caches.set(client, known);
  }
  return known;
}

/** @internal */
export const cacheOf = (client: SlipwayClient): QueryClient => of(client).cache;

/** @internal */
export const liveOf = (client: SlipwayClient): LiveUpdates => of(client).live;
