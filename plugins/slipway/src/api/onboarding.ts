import { useApi } from '@backstage/frontend-plugin-api';
import {
  unwrap,
  type ApiOnboardingRequest,
} from '@slipway/plugin-slipway-common';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { useSlipwayMutation } from './mutations';
import { slipwayApiRef } from './ref';
import { useSlipwayQuery } from './useSlipwayQuery';

/** Repositories and what is in them change while nobody tells. */
const LOOKED_MS = 60_000;

/** @internal */
export const useRepositoryHosts = (enabled: boolean) =>
  useSlipwayQuery(
    ['repository-hosts'],
    (client, signal) => unwrap(client.GET('/v1alpha1/git-hosts', { signal })),
    { every: LOOKED_MS, enabled },
  );

/** The repositories of an organization's namespace, or of a host, page by page. @internal */
export function useRepositories(query: {
  organization?: string;
  host?: string;
  text: string;
}) {
  const client = useApi(slipwayApiRef);
  const { organization, host, text } = query;
  return useInfiniteQuery({
    queryKey: ['repositories', organization, host, text],
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        client.GET('/v1alpha1/repositories', {
          params: {
            query: {
              // An empty one is no value, and is refused.
              ...(text && { text }),
              ...(organization ? { organization } : { host }),
              ...(pageParam && { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    enabled: Boolean(organization || host),
    staleTime: LOOKED_MS,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** The first spec of a repository; asked once, as what is changed in it is the person's. @internal */
export function useOnboardingPreview(
  request: ApiOnboardingRequest | undefined,
) {
  const client = useApi(slipwayApiRef);
  return useQuery({
    queryKey: ['onboarding-preview', request],
    queryFn: ({ signal }) =>
      unwrap(
        client.POST('/v1alpha1/onboarding/preview', { body: request!, signal }),
      ),
    enabled: request !== undefined,
    staleTime: Infinity,
    retry: false,
  });
}

/** @internal */
export const useBindings = (organization: string) =>
  useSlipwayQuery(['bindings', organization], (client, signal) =>
    unwrap(
      client.GET('/v1alpha1/organizations/{organization}/bindings', {
        params: { path: { organization } },
        signal,
      }),
    ),
  );

/** @internal */
export const usePingBinding = (organization: string) =>
  useSlipwayMutation((client, binding: string) =>
    unwrap(
      client.POST(
        '/v1alpha1/organizations/{organization}/bindings/{binding}/ping',
        { params: { path: { organization, binding } } },
      ),
    ),
  );
