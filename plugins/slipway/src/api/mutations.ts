import { useApi } from '@backstage/frontend-plugin-api';
import { unwrap, type SlipwayClient } from '@slipway/plugin-slipway-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { EnvironmentKey } from './queries';
import { slipwayApiRef } from './ref';

/** After anything was written everything shown is asked again; lists, pages and cards then agree. @internal */
export function useSlipwayMutation<V, T>(
  act: (client: SlipwayClient, input: V) => Promise<T>,
) {
  const client = useApi(slipwayApiRef);
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: V) => act(client, input),
    // Also after a failure: a conflict means that what is shown is no longer true.
    onSettled: () => cache.invalidateQueries(),
  });
}

/** @internal */
export const useCommentChangeRequest = (id: string) =>
  useSlipwayMutation((client, body: string) =>
    unwrap(
      client.POST('/v1alpha1/change-requests/{id}/comments', {
        params: { path: { id } },
        body: { body },
      }),
    ),
  );

/** @internal */
export const useApproveChangeRequest = (id: string) =>
  useSlipwayMutation(
    (client, input: { headCommit: string; comment?: string }) =>
      unwrap(
        client.POST('/v1alpha1/change-requests/{id}/approve', {
          params: { path: { id } },
          body: input,
        }),
      ),
  );

/** @internal */
export const useMergeChangeRequest = (id: string) =>
  useSlipwayMutation((client, headCommit: string) =>
    unwrap(
      client.POST('/v1alpha1/change-requests/{id}/merge', {
        params: { path: { id } },
        body: { headCommit },
      }),
    ),
  );

/** @internal */
export const useCloseChangeRequest = (id: string) =>
  useSlipwayMutation((client, _input: void) =>
    unwrap(
      client.POST('/v1alpha1/change-requests/{id}/close', {
        params: { path: { id } },
      }),
    ),
  );

/** @internal */
export const useReconcile = (key: EnvironmentKey) =>
  useSlipwayMutation((client, _input: void) =>
    unwrap(
      client.POST(
        '/v1alpha1/environments/{organization}/{service}/{environment}/reconcile',
        { params: { path: key } },
      ),
    ),
  );

/** @internal */
export const useApproveEnvironment = (key: EnvironmentKey) =>
  useSlipwayMutation((client, digest: string) =>
    unwrap(
      client.POST(
        '/v1alpha1/environments/{organization}/{service}/{environment}/approve',
        { params: { path: key }, body: { digest } },
      ),
    ),
  );

/** @internal */
export const useReplay = () =>
  useSlipwayMutation((client, keys: string[]) =>
    unwrap(
      client.POST('/v1alpha1/operations/queue/replay', { body: { keys } }),
    ),
  );

/** @internal */
export const useConfirmDeletion = () =>
  useSlipwayMutation((client, input: { id: string; commit: string }) =>
    unwrap(
      client.POST('/v1alpha1/operations/sources/{id}/confirm', {
        params: { path: { id: input.id } },
        body: { commit: input.commit },
      }),
    ),
  );
