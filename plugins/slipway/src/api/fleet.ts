import { unwrap, type SlipwayPaths } from '@slipway/plugin-slipway-common';
import { useSlipwayQuery } from './useSlipwayQuery';

/** Rows of a long list that are asked for together: a few windows' worth. @internal */
export const ROWS_OF_PAGE = 50;

/** What the list of environments is narrowed to, and its order. @internal */
export type EnvironmentsQuery = Pick<
  NonNullable<
    SlipwayPaths['/v1alpha1/environments']['get']['parameters']['query']
  >,
  'organization' | 'class' | 'cluster' | 'state' | 'text' | 'sort'
>;

/** @internal */
export const useOverview = () =>
  useSlipwayQuery(['overview'], (client, signal) =>
    unwrap(client.GET('/v1alpha1/overview', { signal })),
  );

/**
 * One part of the list of environments, by its number; each also has the figures of the whole.
 *
 * @internal
 */
export const useEnvironmentsPart = (query: EnvironmentsQuery, part: number) =>
  useSlipwayQuery(
    ['environments', query, part],
    (client, signal) =>
      unwrap(
        client.GET('/v1alpha1/environments', {
          params: {
            query: {
              ...query,
              limit: ROWS_OF_PAGE,
              offset: part * ROWS_OF_PAGE,
            },
          },
          signal,
        }),
      ),
    { keep: true },
  );

/** @internal */
export const useOrganization = (organization: string) =>
  useSlipwayQuery(['organization', organization], (client, signal) =>
    unwrap(
      client.GET('/v1alpha1/organizations/{organization}', {
        params: { path: { organization } },
        signal,
      }),
    ),
  );

/** @internal */
export const usePolicies = () =>
  useSlipwayQuery(['policies'], (client, signal) =>
    unwrap(client.GET('/v1alpha1/policies', { signal })),
  );
