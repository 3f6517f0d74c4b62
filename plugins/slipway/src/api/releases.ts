import { unwrap } from '@slipway/plugin-slipway-common';
import { useSlipwayMutation } from './mutations';
import type { EnvironmentKey } from './queries';
import { useSlipwayQuery } from './useSlipwayQuery';

/** A plan is rendered anew by the backend each time. */
const PLANNED_MS = 60_000;

/** What a service is found by. @internal */
export interface ServicePath {
  organization: string;
  service: string;
}

/** Another release for an environment: that of the one it is promoted from, or one of before. @internal */
export type ReleaseMove =
  { verb: 'promote' } | { verb: 'rollback'; to: string };

/** The releases of a service, newest first. @internal */
export const useReleases = ({ organization, service }: ServicePath) =>
  useSlipwayQuery(['releases', organization, service], (client, signal) =>
    unwrap(
      client.GET('/v1alpha1/services/{organization}/{service}/releases', {
        params: { path: { organization, service } },
        signal,
      }),
    ),
  );

/** @internal */
export const useRelease = (path: ServicePath & { id: string }) =>
  useSlipwayQuery(['release', path], (client, signal) =>
    unwrap(
      client.GET('/v1alpha1/services/{organization}/{service}/releases/{id}', {
        params: { path },
        signal,
      }),
    ),
  );

/** What an environment would become. @internal */
export const useReleaseMove = (key: EnvironmentKey, move: ReleaseMove) =>
  useSlipwayQuery(
    ['release-move', key, move],
    (client, signal) =>
      move.verb === 'promote'
        ? unwrap(
            client.GET(
              '/v1alpha1/environments/{organization}/{service}/{environment}/promotion',
              { params: { path: key }, signal },
            ),
          )
        : unwrap(
            client.GET(
              '/v1alpha1/environments/{organization}/{service}/{environment}/rollback',
              { params: { path: key, query: { to: move.to } }, signal },
            ),
          ),
    { every: PLANNED_MS },
  );

/** How many environments of an organization are looked at; more than anybody promotes at once. */
const LOOKED_AT = 1000;

/** The environments of an organization that get their releases from another one. @internal */
export const usePromotable = (organization: string) =>
  useSlipwayQuery(['promotable', organization], async (client, signal) => {
    const { items } = await unwrap(
      client.GET('/v1alpha1/environments', {
        params: { query: { organization, limit: LOOKED_AT } },
        signal,
      }),
    );
    return items.filter(({ promoteFrom }) => promoteFrom !== undefined);
  });

/** Asks for several promotions in one change request, each as it was looked at. @internal */
export const usePromoteSeveral = () =>
  useSlipwayMutation(
    (client, items: Array<EnvironmentKey & { digest?: string }>) =>
      unwrap(client.POST('/v1alpha1/promotions', { body: { items } })),
  );

/** Asks for what was looked at; the digest says what that was. @internal */
export const useMoveRelease = (key: EnvironmentKey) =>
  useSlipwayMutation(
    (client, { move, digest }: { move: ReleaseMove; digest?: string }) =>
      move.verb === 'promote'
        ? unwrap(
            client.POST(
              '/v1alpha1/environments/{organization}/{service}/{environment}/promote',
              { params: { path: key }, body: { digest } },
            ),
          )
        : unwrap(
            client.POST(
              '/v1alpha1/environments/{organization}/{service}/{environment}/rollback',
              { params: { path: key }, body: { to: move.to, digest } },
            ),
          ),
  );
