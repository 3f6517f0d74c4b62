import { useApi } from '@backstage/frontend-plugin-api';
import { unwrap, type ApiObjectRef } from '@slipway/plugin-slipway-common';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSlipwayMutation } from './mutations';
import type { EnvironmentKey } from './queries';
import { slipwayApiRef } from './ref';
import { useSlipwayQuery } from './useSlipwayQuery';

/** Rows of one page of older events. */
const OLDER = 100;

/** Lines of a log that are read at once. */
const TAIL = 500;

/** No signal tells of a log: the open one is asked for again. */
const FOLLOW_MS = 5_000;

/** One object as it is in Git and in the cluster. Asks the cluster, so only for what is open. @internal */
export const useObject = (key: EnvironmentKey, ref: ApiObjectRef) =>
  useSlipwayQuery(
    ['object', key, ref],
    (client, signal) =>
      unwrap(
        client.GET(
          '/v1alpha1/environments/{organization}/{service}/{environment}/object',
          { params: { path: key, query: ref }, signal },
        ),
      ),
    { keep: true },
  );

/** The last lines of a container. @internal */
export const useLogs = (
  key: EnvironmentKey,
  of: { pod: string; container?: string; previous?: boolean },
) =>
  useSlipwayQuery(
    ['logs', key, of],
    (client, signal) =>
      unwrap(
        client.GET(
          '/v1alpha1/environments/{organization}/{service}/{environment}/logs',
          { params: { path: key, query: { ...of, tail: TAIL } }, signal },
        ),
      ),
    { keep: true, follow: FOLLOW_MS },
  );

/** Events that are older than those the environment came with, page by page, from the moment they are asked for. @internal */
export function useOlderEvents(
  key: EnvironmentKey,
  options: { before?: string; enabled: boolean },
) {
  const client = useApi(slipwayApiRef);
  return useInfiniteQuery({
    queryKey: ['older-events', key, options.before],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        client.GET(
          '/v1alpha1/environments/{organization}/{service}/{environment}/timeline',
          {
            params: { path: key, query: { before: pageParam, limit: OLDER } },
            signal,
          },
        ),
      ),
    initialPageParam: options.before,
    getNextPageParam: page => page.nextCursor,
    enabled: options.enabled,
    // What is past doesn't change.
    staleTime: Infinity,
  });
}

/** Asks Argo CD to look at Git now. @internal */
export const useRefresh = (key: EnvironmentKey) =>
  useSlipwayMutation((client, _input: void) =>
    unwrap(
      client.POST(
        '/v1alpha1/environments/{organization}/{service}/{environment}/refresh',
        { params: { path: key } },
      ),
    ),
  );

/** Asks Argo CD to apply what Git says now. @internal */
export const useSync = (key: EnvironmentKey) =>
  useSlipwayMutation((client, _input: void) =>
    unwrap(
      client.POST(
        '/v1alpha1/environments/{organization}/{service}/{environment}/sync',
        { params: { path: key } },
      ),
    ),
  );
