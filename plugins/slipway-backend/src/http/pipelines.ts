import { PipelinesService } from '../services/pipelines/PipelinesService';
import { ApiRouter } from './apiRouter';

const SERVICE = '/v1alpha1/services/{organization}/{service}';
const ENVIRONMENT =
  '/v1alpha1/environments/{organization}/{service}/{environment}';

/** Runs of pipelines. */
export function registerPipelines(
  api: ApiRouter,
  pipelines: PipelinesService,
): void {
  api.read(`${SERVICE}/pipelines`, call => pipelines.list(call.params, call));
  api.read(`${ENVIRONMENT}/pipelines`, call =>
    pipelines.list(call.params, call),
  );
  api.read(`${SERVICE}/pipelines/{id}/logs`, call =>
    pipelines.logs(call.params, call.query, call),
  );
  api.post(
    `${SERVICE}/pipelines/{id}/rerun`,
    { eventId: 'pipeline-rerun', meta: call => ({ ...call.params }) },
    async call => ({
      id: await pipelines.rerun(call.params, call.body.key, call),
    }),
  );
}
