import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import { verifyDelivery } from './verifyDelivery';

/**
 * Takes deliveries of Gitea's webhooks at `/api/events/http/gitea`, and publishes what was signed with one of
 * `events.modules.gitea.webhookSecrets` under the topic `gitea`. Without a secret nothing is taken.
 *
 * @public
 */
export const eventsModuleGitea = createBackendModule({
  pluginId: 'events',
  moduleId: 'slipway-gitea-webhook',
  register(reg) {
    reg.registerInit({
      deps: {
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        events: eventsExtensionPoint,
      },
      async init({ auditor, config, events }) {
        const secrets =
          config.getOptionalStringArray(
            'events.modules.gitea.webhookSecrets',
          ) ?? [];
        if (secrets.length === 0) return;
        events.addHttpPostIngress({
          topic: 'gitea',
          validator: verifyDelivery(secrets, auditor),
        });
      },
    });
  },
});
