import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import { GitlabTopics } from './GitlabTopics';
import { verifyDelivery } from './verifyDelivery';

/**
 * Takes deliveries of GitLab's webhooks at `/api/events/http/gitlab`, publishes what brings one of
 * `events.modules.gitlab.webhookSecret` and `webhookSecrets` under the topics `gitlab` and `gitlab.<kind>`, and audits
 * what does not. Without a secret nothing is taken.
 *
 * Stands in place of `@backstage/plugin-events-backend-module-gitlab`, whose check audits nothing and takes longer the
 * more of the secret is right: with both of them, the last to be registered would check alone. It has that module's id,
 * so that a backend with both doesn't start.
 *
 * @public
 */
export const eventsModuleGitlab = createBackendModule({
  pluginId: 'events',
  moduleId: 'gitlab-webhook',
  register(reg) {
    reg.registerInit({
      deps: {
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        ingresses: eventsExtensionPoint,
        events: eventsServiceRef,
      },
      async init({ auditor, config, ingresses, events }) {
        await new GitlabTopics(events).subscribe();
        const own = config.getOptionalConfig('events.modules.gitlab');
        const secrets = [
          own?.getOptionalString('webhookSecret'),
          ...(own?.getOptionalStringArray('webhookSecrets') ?? []),
        ].filter(secret => secret !== undefined && secret !== '') as string[];
        if (secrets.length === 0) return;
        ingresses.addHttpPostIngress({
          topic: 'gitlab',
          validator: verifyDelivery(secrets, auditor),
        });
      },
    });
  },
});
