import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import { verifyDelivery } from './verifyDelivery';

/**
 * Takes deliveries of Bitbucket's webhooks at `/api/events/http/bitbucketCloud`, and publishes what was signed with one
 * of `events.modules.bitbucketCloud.webhookSecrets` under the topic `bitbucketCloud`. Without a secret nothing is taken.
 *
 * @public
 */
export const eventsModuleBitbucket = createBackendModule({
  pluginId: 'events',
  moduleId: 'slipway-bitbucket-webhook',
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
            'events.modules.bitbucketCloud.webhookSecrets',
          ) ?? [];
        if (secrets.length === 0) return;
        events.addHttpPostIngress({
          topic: 'bitbucketCloud',
          validator: verifyDelivery(secrets, auditor),
        });
      },
    });
  },
});
