import { unwrap } from '@slipway/plugin-slipway-common';
import { useSlipwayMutation } from './mutations';
import { useSlipwayQuery } from './useSlipwayQuery';

/** Lines of a step's log that are read at once. */
const TAIL = 500;

/** The service that a run belongs to. @internal */
export interface PipelinesKey {
  organization: string;
  service: string;
}

/** All runs of a service, of every engine. @internal */
export const useServicePipelines = (key: PipelinesKey) =>
  useSlipwayQuery(
    ['pipelines', key.organization, key.service],
    (client, signal) =>
      unwrap(
        client.GET('/v1alpha1/services/{organization}/{service}/pipelines', {
          params: {
            path: { organization: key.organization, service: key.service },
          },
          signal,
        }),
      ),
  );

/** No signal tells of a log; seldom enough for what an engine outside the clusters allows in an hour. */
const FOLLOW_MS = 10_000;

/** The last lines of a step. @internal */
export const usePipelineLog = (
  key: PipelinesKey,
  of: { id: string; step: string },
) =>
  useSlipwayQuery(
    ['pipeline-log', key.organization, key.service, of],
    (client, signal) =>
      unwrap(
        client.GET(
          '/v1alpha1/services/{organization}/{service}/pipelines/{id}/logs',
          {
            params: {
              path: {
                organization: key.organization,
                service: key.service,
                id: of.id,
              },
              query: { step: of.step, tail: TAIL },
            },
            signal,
          },
        ),
      ),
    { keep: true, follow: FOLLOW_MS },
  );

/** Runs a pipeline again, at the same revision. A wish has a key, so that a second click gives no second run. @internal */
export const useRerun = (key: PipelinesKey) =>
  useSlipwayMutation((client, { id, wish }: { id: string; wish: string }) =>
    unwrap(
      client.POST(
        '/v1alpha1/services/{organization}/{service}/pipelines/{id}/rerun',
        {
          params: {
            path: {
              organization: key.organization,
              service: key.service,
              id,
            },
          },
          body: { key: wish },
        },
      ),
    ),
  );
