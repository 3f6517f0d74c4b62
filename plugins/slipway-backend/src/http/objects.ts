import { ObjectsService } from '../services/objects/ObjectsService';
import { ApiRouter } from './apiRouter';

const ENVIRONMENT =
  '/v1alpha1/environments/{organization}/{service}/{environment}';

/** What an opened drawer shows; these two ask the cluster. */
export function registerObjects(api: ApiRouter, objects: ObjectsService): void {
  api.read(`${ENVIRONMENT}/object`, call => {
    const { apiVersion, kind, name, namespace } = call.query;
    const ref = { apiVersion, kind, name, ...(namespace && { namespace }) };
    return objects.object(call.params, ref, call);
  });
  api.read(`${ENVIRONMENT}/logs`, call =>
    objects.logs(call.params, call.query, call),
  );
}
