import { OnboardingService } from '../services/onboarding/OnboardingService';
import { ApiRouter } from './apiRouter';

const BINDINGS = '/v1alpha1/organizations/{organization}/bindings';

/** Repositories that are there already, and the webhooks of those that are bound. */
export function registerOnboarding(
  api: ApiRouter,
  onboarding: OnboardingService,
): void {
  api.read('/v1alpha1/git-hosts', async call => ({
    items: await onboarding.hosts(call),
  }));
  api.read('/v1alpha1/repositories', call =>
    onboarding.search(call.query, call),
  );
  api.post(
    '/v1alpha1/onboarding/preview',
    {
      eventId: 'onboarding-preview',
      severity: 'low',
      meta: ({ body: { organization, repository } }) => ({
        organization,
        repository: `${repository.owner}/${repository.name}`,
      }),
    },
    call => onboarding.preview(call.body, call),
  );
  api.read(BINDINGS, async call => ({
    items: await onboarding.bindings(call.params.organization, call),
  }));
  api.post(
    `${BINDINGS}/{binding}/ping`,
    {
      eventId: 'webhook-ping',
      severity: 'low',
      meta: call => ({ ...call.params }),
    },
    call => onboarding.ping(call.params, call),
  );
  api.delivered(
    '/v1alpha1/webhooks/{organization}/{binding}',
    { eventId: 'webhook-delivery', meta: call => ({ ...call.params }) },
    (call, delivery) => onboarding.receive(call.params, delivery),
  );
}
