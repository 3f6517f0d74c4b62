import { PlansService } from '../services/plans/PlansService';
import { ApiRouter } from './apiRouter';

/** Plans of files that nobody has opened yet. */
export function registerPlans(api: ApiRouter, plans: PlansService): void {
  api.post('/v1alpha1/plans', undefined, call =>
    plans.plan(
      call.body.files.map(({ path, content }) => ({
        path,
        content: content ?? null,
      })),
      call,
    ),
  );
}
