import { webhookKey } from '../domain/onboarding/places';
import { PlainRepositories } from '../git';
import type { Reconciler } from '../reconcile/engine';
import { WebhookReconciler } from '../reconcile/onboarding/WebhookReconciler';
import { AuthorizedOnboarding } from '../services/onboarding/AuthorizedOnboarding';
import { DefaultOnboarding } from '../services/onboarding/DefaultOnboarding';
import { Deliveries } from '../services/onboarding/Deliveries';
import type { OnboardingService } from '../services/onboarding/OnboardingService';
import type { Adapters } from './adapters';
import type { Dependencies } from './dependencies';
import type { Parts } from './parts';
import { repositoryHosts } from './repositoryHosts';

/** Onboarding: the search and the first spec, and what looks after webhooks. */
export function assembleOnboarding(
  { pullRequestHosts, settings }: Dependencies,
  { stores, host }: Adapters,
  { access, states }: Parts,
): {
  service: OnboardingService;
  reconciler: Reconciler;
  /** Looks at all that is bound: a binding may have come or gone while nobody looked. */
  start(): Promise<void>;
} {
  const { key, baseUrl } = settings.webhooks;
  const hosts = repositoryHosts(
    pullRequestHosts.all(),
    PlainRepositories.below(settings.git.plainBaseUrl, host),
  );
  const urlOf = (organization: string, name: string) =>
    `${baseUrl}/v1alpha1/webhooks/${encodeURIComponent(organization)}/${encodeURIComponent(name)}`;
  const { webhooks, queue, transactions } = stores;
  return {
    service: new AuthorizedOnboarding(
      new DefaultOnboarding({
        states,
        hosts,
        webhooks,
        queue,
        hasKey: key !== undefined,
        pollMs: settings.pollMs,
        urlOf,
        deliveries: new Deliveries({
          webhooks,
          hosts,
          queue,
          transactions,
          key,
          heard: news => pullRequestHosts.heard(news),
        }),
      }),
      access,
      states,
    ),
    reconciler: new WebhookReconciler({
      states,
      webhooks,
      hosts,
      key,
      urlOf,
      pollMs: settings.pollMs,
    }),
    async start() {
      const state = await states.current();
      const keys = [
        ...state.all('RepoBinding'),
        ...(await webhooks.list()),
      ].map(({ organization, name }) => webhookKey(organization, name));
      if (keys.length > 0) await queue.mark([...new Set(keys)]);
    },
  };
}
