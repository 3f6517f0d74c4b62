import { useApi } from '@backstage/frontend-plugin-api';
import type { SlipwayClient } from '@slipway/plugin-slipway-common';
import {
  keepPreviousData,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query';
import { slipwayApiRef } from './ref';

/** Often enough that a person sees a station change while looking; only while the page is visible. */
export const POLL_MS = 3_000;

/** @internal */
export interface SlipwayQueryOptions {
  every?: number;
  enabled?: boolean;
  /** For lists whose filter changes: the old rows stay until the new ones are there. */
  keep?: boolean;
}

/**
 * Asks the API for what is on screen, and again when it has changed.
 *
 * @internal
 */
export function useSlipwayQuery<T>(
  key: readonly unknown[],
  ask: (client: SlipwayClient, signal: AbortSignal) => Promise<T>,
  { every = POLL_MS, enabled, keep }: SlipwayQueryOptions = {},
): UseQueryResult<T> {
  const client = useApi(slipwayApiRef);
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(client, signal),
    refetchInterval: every,
    staleTime: every / 2,
    enabled,
    placeholderData: keep ? keepPreviousData : undefined,
  });
}
