import { EnvironmentsService } from '../services/environments/EnvironmentsService';
import { ApiRouter } from './apiRouter';

const ENVIRONMENT =
  '/v1alpha1/environments/{organization}/{service}/{environment}';

/** Environments. */
export function registerEnvironments(
  api: ApiRouter,
  environments: EnvironmentsService,
): void {
  api.read(ENVIRONMENT, call => environments.get(call.params, call));
  api.read(`${ENVIRONMENT}/timeline`, call =>
    environments.timeline(call.params, call.query, call),
  );
  api.read(`${ENVIRONMENT}/plan`, call => environments.plan(call.params, call));
  api.post(
    `${ENVIRONMENT}/reconcile`,
    {
      eventId: 'environment-reconcile',
      severity: 'low',
      meta: call => ({ ...call.params }),
    },
    async call => ({ key: await environments.reconcile(call.params, call) }),
  );
  api.post(
    `${ENVIRONMENT}/approve`,
    {
      eventId: 'environment-approve',
      severity: 'high',
      meta: call => ({ ...call.params, digest: call.body.digest }),
    },
    async call => ({
      key: await environments.approve(call.params, call.body.digest, call),
    }),
  );
}
