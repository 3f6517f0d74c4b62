import { DriftService } from '../services/drift/DriftService';
import { OperateService } from '../services/operate/OperateService';
import { ApiRouter } from './apiRouter';

const ENVIRONMENT =
  '/v1alpha1/environments/{organization}/{service}/{environment}';

/** Drift, and what people ask of Argo CD. */
export function registerDrift(
  api: ApiRouter,
  drift: DriftService,
  operate: OperateService,
): void {
  api.read(`${ENVIRONMENT}/drift`, call => drift.get(call.params, call));
  api.post(
    `${ENVIRONMENT}/drift/put-back`,
    {
      eventId: 'drift-put-back',
      severity: 'high',
      meta: call => ({
        ...call.params,
        objects: (call.body.objects ?? []).map(
          ({ kind, namespace, name }) => `${kind} ${namespace ?? ''}/${name}`,
        ),
      }),
    },
    async call => ({
      key: await drift.putBack(call.params, call.body.objects, call),
    }),
  );
  api.post(
    `${ENVIRONMENT}/drift/accept`,
    {
      eventId: 'drift-accept',
      severity: 'high',
      meta: call => ({
        ...call.params,
        fields: call.body.fields.map(
          ({ kind, name, path }) => `${kind} ${name} ${path}`,
        ),
      }),
    },
    call => drift.accept(call.params, call.body.fields, call),
  );
  api.post(
    `${ENVIRONMENT}/refresh`,
    {
      eventId: 'environment-refresh',
      severity: 'low',
      meta: call => ({ ...call.params }),
    },
    async call => ({ key: await operate.refresh(call.params, call) }),
  );
  api.post(
    `${ENVIRONMENT}/sync`,
    {
      eventId: 'environment-sync',
      severity: 'medium',
      meta: call => ({ ...call.params }),
    },
    async call => ({ key: await operate.sync(call.params, call) }),
  );
}
