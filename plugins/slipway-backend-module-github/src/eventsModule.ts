import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import { GithubTopics } from './GithubTopics';
import { secretsOf, verifyDelivery } from './verifyDelivery';

/**
 * Takes deliveries of GitHub's webhooks at `/api/events/http/github`, publishes what was signed with one of
 * `events.modules.github.webhookSecret`, `webhookSecrets` and the secrets of GitHub's apps under the topics `github` and
 * `github.<event>`, and audits what was not. Without a secret nothing is taken.
 *
 * Stands in place of `@backstage/plugin-events-backend-module-github`, whose check can't be told to audit: with both of
 * them, the last to be registered would check alone. It has that module's id, so that a backend with both doesn't start.
 *
 * @public
 */
export const eventsModuleGithub = createBackendModule({
  pluginId: 'events',
  moduleId: 'github-webhook',
  register(reg) {
    reg.registerInit({
      deps: {
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        ingresses: eventsExtensionPoint,
        events: eventsServiceRef,
      },
      async init({ auditor, config, ingresses, events }) {
        await new GithubTopics(events).subscribe();
        const secrets = secretsOf(config);
        if (secrets.length === 0) return;
        ingresses.addHttpPostIngress({
          topic: 'github',
          validator: verifyDelivery(secrets, auditor),
        });
      },
    });
  },
});
