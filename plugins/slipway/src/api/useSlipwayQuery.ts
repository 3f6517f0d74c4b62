import { useApi } from '@backstage/frontend-plugin-api';
import type { SlipwayClient } from '@slipway/plugin-slipway-common';
import {
  keepPreviousData,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query';
import { liveOf, useLiveState, type LiveState } from './live';
import { slipwayApiRef } from './ref';

/** How often a page asks by itself where nobody tells it. */
const POLL_MS = 10_000;

/** How often while the connection is lost: often enough not to mislead, seldom enough not to add to an outage. */
const LOST_POLL_MS = 30_000;

/** What is this old is asked again when it comes back to the screen; nothing is lost by it. */
const STALE_MS = 5_000;

/** @internal */
export interface SlipwayQueryOptions {
  /** How often at most it is asked while nobody tells of changes; what changes rarely names a longer time. */
  every?: number;
  /** Asked so often in any case: for what no signal tells of, such as the log of something that runs. */
  follow?: number;
  enabled?: boolean;
  /** For lists whose filter changes: the old rows stay until the new ones are there. */
  keep?: boolean;
}

/** How often to ask: while changes are told not at all, but for what failed and may be there again without a word. */
function interval({ state }: LiveState, every: number) {
  if (state === 'off') return Math.max(every, POLL_MS);
  if (state === 'lost') return Math.max(every, LOST_POLL_MS);
  return ({ state: { error } }: { state: { error: unknown } }) =>
    error ? POLL_MS : (false as const);
}

/**
 * A query function that notes what each answer shows, so that it is asked again when that changes; and how often it is
 * asked where nobody tells.
 */
function useLiveQuery(every: number) {
  const client = useApi(slipwayApiRef);
  const state = useLiveState();
  const { queries } = liveOf(client);
  return {
    refetchInterval: interval(state, every),
    staleTime: Math.max(STALE_MS, every / 2),
    asking: <T>(
      key: readonly unknown[],
      ask: (client: SlipwayClient) => Promise<T>,
    ): Promise<T> =>
      queries.asking(key, answered => {
        const get = client.GET as (
          ...request: unknown[]
        ) => Promise<{ response?: Response }>;
        const noting: SlipwayClient = Object.create(client, {
          GET: {
            value: async (...request: unknown[]) => {
              const answer = await get(...request);
              answered(answer.response);
              return answer;
            },
          },
        });
        return ask(noting);
      }),
  };
}

/**
 * Asks the API for what is on screen, and again when it has changed.
 *
 * @internal
 */
export function useSlipwayQuery<T>(
  key: readonly unknown[],
  ask: (client: SlipwayClient, signal: AbortSignal) => Promise<T>,
  { every = POLL_MS, follow, enabled, keep }: SlipwayQueryOptions = {},
): UseQueryResult<T> {
  const { asking, ...times } = useLiveQuery(every);
  return useQuery<T>({
    queryKey: key,
    queryFn: ({ signal }) => asking(key, client => ask(client, signal)),
    ...times,
    ...(follow !== undefined && { refetchInterval: follow }),
    enabled,
    placeholderData: keep ? keepPreviousData : undefined,
  });
}
