import { OperationsService } from '../services/operations/OperationsService';
import { ApiRouter } from './apiRouter';

/** The platform's own machinery. */
export function registerOperations(
  api: ApiRouter,
  operations: OperationsService,
): void {
  api.read('/v1alpha1/operations', call => operations.overview(call));
  api.read('/v1alpha1/operations/queue', async call => ({
    items: await operations.queue(call.query.state ?? 'dead', call),
  }));
  api.post(
    '/v1alpha1/operations/queue/replay',
    { eventId: 'dead-letter-replay', meta: call => ({ keys: call.body.keys }) },
    async call => ({ replayed: await operations.replay(call.body.keys, call) }),
  );
  api.post(
    '/v1alpha1/operations/sources/{id}/confirm',
    {
      eventId: 'held-deletion-confirm',
      severity: 'critical',
      meta: call => ({ ...call.params, commit: call.body.commit }),
    },
    async call => {
      await operations.confirmHeld(call.params.id, call.body.commit, call);
      return { key: `source:${call.params.id}` };
    },
  );
}
