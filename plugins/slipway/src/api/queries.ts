import { unwrap } from '@slipway/plugin-slipway-common';
import { useSlipwayQuery } from './useSlipwayQuery';

/** What rarely changes: organizations, classes, clusters of a form. */
const SLOW_MS = 60_000;

/** What an environment is found by. @internal */
export interface EnvironmentKey {
  organization: string;
  service: string;
  environment: string;
}

/** @internal */
export const useOrganizations = () =>
  useSlipwayQuery(
    ['organizations'],
    (client, signal) =>
      unwrap(client.GET('/v1alpha1/organizations', { signal })),
    { every: SLOW_MS },
  );

/** @internal */
export const useClasses = () =>
  useSlipwayQuery(
    ['classes'],
    (client, signal) => unwrap(client.GET('/v1alpha1/classes', { signal })),
    { every: SLOW_MS },
  );

/** @internal */
export const useClusters = () =>
  useSlipwayQuery(
    ['clusters'],
    (client, signal) => unwrap(client.GET('/v1alpha1/clusters', { signal })),
    { every: SLOW_MS },
  );

/** @internal */
export const useServices = (organization?: string) =>
  useSlipwayQuery(
    ['services', organization],
    (client, signal) =>
      unwrap(
        client.GET('/v1alpha1/services', {
          params: { query: { organization } },
          signal,
        }),
      ),
    { every: SLOW_MS, keep: true },
  );

/** @internal */
export const useService = (organization: string, service: string) =>
  useSlipwayQuery(['service', organization, service], (client, signal) =>
    unwrap(
      client.GET('/v1alpha1/services/{organization}/{service}', {
        params: { path: { organization, service } },
        signal,
      }),
    ),
  );

/** @internal */
export const useEnvironment = (key: EnvironmentKey) =>
  useSlipwayQuery(['environment', key], (client, signal) =>
    unwrap(
      client.GET(
        '/v1alpha1/environments/{organization}/{service}/{environment}',
        { params: { path: key }, signal },
      ),
    ),
  );

/** @internal */
export const useEnvironmentPlan = (key: EnvironmentKey) =>
  useSlipwayQuery(
    ['environment-plan', key],
    (client, signal) =>
      unwrap(
        client.GET(
          '/v1alpha1/environments/{organization}/{service}/{environment}/plan',
          { params: { path: key }, signal },
        ),
      ),
    // Rendered anew by the backend each time.
    { every: SLOW_MS },
  );

/** @internal */
export const usePipelines = (key: EnvironmentKey | undefined) =>
  useSlipwayQuery(
    ['pipelines', key],
    (client, signal) =>
      unwrap(
        client.GET(
          '/v1alpha1/environments/{organization}/{service}/{environment}/pipelines',
          { params: { path: key as EnvironmentKey }, signal },
        ),
      ),
    { enabled: key !== undefined },
  );

/** @internal */
export const useChangeRequests = (filter: {
  state?: 'open' | 'merged' | 'closed';
  organization?: string;
}) =>
  useSlipwayQuery(
    ['change-requests', filter],
    (client, signal) =>
      unwrap(
        client.GET('/v1alpha1/change-requests', {
          params: { query: filter },
          signal,
        }),
      ),
    { keep: true },
  );

/** @internal */
export const useChangeRequest = (id: string) =>
  useSlipwayQuery(['change-request', id], (client, signal) =>
    unwrap(
      client.GET('/v1alpha1/change-requests/{id}', {
        params: { path: { id } },
        signal,
      }),
    ),
  );

/** @internal */
export const useOperations = () =>
  useSlipwayQuery(['operations'], (client, signal) =>
    unwrap(client.GET('/v1alpha1/operations', { signal })),
  );

/** @internal */
export const useQueue = (state: 'due' | 'leased' | 'waiting' | 'dead') =>
  useSlipwayQuery(
    ['queue', state],
    (client, signal) =>
      unwrap(
        client.GET('/v1alpha1/operations/queue', {
          params: { query: { state } },
          signal,
        }),
      ),
    { keep: true },
  );
