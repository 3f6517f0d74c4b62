import { ChangesService } from '../services/changes/ChangesService';
import { ApiRouter } from './apiRouter';

const CHANGE = '/v1alpha1/change-requests/{id}';

/** Change requests to the platform repository. */
export function registerChanges(api: ApiRouter, changes: ChangesService): void {
  api.read('/v1alpha1/change-requests', async call => ({
    items: await changes.list(call.query, call),
  }));
  api.post(
    '/v1alpha1/change-requests',
    {
      eventId: 'change-request-open',
      meta: call => ({
        subject: call.body.subject,
        paths: call.body.files.map(file => file.path),
      }),
    },
    call => changes.open(call.body, call),
  );
  api.read(CHANGE, call => changes.get(call.params.id, call));
  api.post(
    `${CHANGE}/comments`,
    {
      eventId: 'change-request-comment',
      severity: 'low',
      meta: call => ({ ...call.params }),
    },
    call => changes.comment(call.params.id, call.body.body, call),
  );
  api.post(
    `${CHANGE}/approve`,
    {
      eventId: 'change-request-approve',
      severity: 'high',
      meta: call => ({ ...call.params, headCommit: call.body.headCommit }),
    },
    call => changes.approve(call.params.id, call.body, call),
  );
  api.post(
    `${CHANGE}/merge`,
    {
      eventId: 'change-request-merge',
      severity: 'high',
      meta: call => ({ ...call.params, headCommit: call.body.headCommit }),
    },
    call => changes.merge(call.params.id, call.body, call),
  );
  api.post(
    `${CHANGE}/close`,
    { eventId: 'change-request-close', meta: call => ({ ...call.params }) },
    call => changes.close(call.params.id, call),
  );
}
