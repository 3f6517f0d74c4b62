import { AdoptionsService } from '../services/adoptions/AdoptionsService';
import { ApiRouter } from './apiRouter';

/** What was made by hand, on its way to become an environment. */
export function registerAdoptions(
  api: ApiRouter,
  adoptions: AdoptionsService,
): void {
  api.read('/v1alpha1/adoptions/candidates', call =>
    adoptions.candidates(call),
  );
  api.post(
    '/v1alpha1/adoptions/preview',
    {
      eventId: 'adoption-preview',
      severity: 'low',
      meta: ({ body: { cluster, namespace, organization } }) => ({
        cluster,
        namespace,
        organization,
      }),
    },
    call => adoptions.preview(call.body, call),
  );
  api.post(
    '/v1alpha1/adoptions',
    {
      eventId: 'adoption-grant',
      severity: 'critical',
      meta: ({ body }) => ({ ...body }),
    },
    call => adoptions.grant(call.body, call),
  );
}
