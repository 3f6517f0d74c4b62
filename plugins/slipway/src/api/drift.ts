import {
  unwrap,
  type ApiDriftedObject,
  type ApiObjectRef,
} from '@slipway/plugin-slipway-common';
import { useSlipwayMutation } from './mutations';
import type { EnvironmentKey } from './queries';
import { useSlipwayQuery } from './useSlipwayQuery';

const refOf = ({
  apiVersion,
  kind,
  namespace,
  name,
}: ApiDriftedObject): ApiObjectRef => ({ apiVersion, kind, namespace, name });

/** What differs from what is agreed, field by field. @internal */
export const useDrift = (
  key: EnvironmentKey,
  options: { enabled?: boolean } = {},
) =>
  useSlipwayQuery(
    ['drift', key],
    (client, signal) =>
      unwrap(
        client.GET(
          '/v1alpha1/environments/{organization}/{service}/{environment}/drift',
          { params: { path: key }, signal },
        ),
      ),
    options,
  );

/** Puts objects back to what Git says: those that are named, or all that drifted. @internal */
export const usePutBack = (key: EnvironmentKey) =>
  useSlipwayMutation((client, objects: ApiDriftedObject[] | undefined) =>
    unwrap(
      client.POST(
        '/v1alpha1/environments/{organization}/{service}/{environment}/drift/put-back',
        { params: { path: key }, body: { objects: objects?.map(refOf) } },
      ),
    ),
  );

/** A field of an object, as it is accepted. @internal */
export interface FieldChoice {
  object: ApiDriftedObject;
  path: string;
}

/** Opens a change request that makes what was found the spec. @internal */
export const useAcceptDrift = (key: EnvironmentKey) =>
  useSlipwayMutation((client, fields: FieldChoice[]) =>
    unwrap(
      client.POST(
        '/v1alpha1/environments/{organization}/{service}/{environment}/drift/accept',
        {
          params: { path: key },
          body: {
            fields: fields.map(({ object, path }) => ({
              ...refOf(object),
              path,
            })),
          },
        },
      ),
    ),
  );
