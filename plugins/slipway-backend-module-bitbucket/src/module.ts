import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { pullRequestHostsExtensionPoint } from '@slipway/plugin-slipway-node';
import { BitbucketHost } from './BitbucketHost';
import { pageOfDelivery } from './shapes';

/** Where deliveries of Bitbucket's webhooks are published; the name is Backstage's. */
const TOPIC = 'bitbucketCloud';

/**
 * Adds Bitbucket Cloud to the hosts whose pull requests Slipway works with, where `integrations.bitbucketCloud` has
 * credentials.
 *
 * @public
 */
export const slipwayModuleBitbucket = createBackendModule({
  pluginId: 'slipway',
  moduleId: 'bitbucket',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        hosts: pullRequestHostsExtensionPoint,
      },
      async init({ config, events, hosts }) {
        const integrations = ScmIntegrations.fromConfig(config);
        hosts.addHost(
          BitbucketHost.create(
            integrations.bitbucketCloud.list().map(({ config: one }) => one),
          ),
        );
        await events.subscribe({
          id: 'slipway-bitbucket',
          topics: [TOPIC],
          async onEvent({ eventPayload }) {
            const repository = pageOfDelivery(eventPayload);
            if (repository !== undefined) hosts.heard({ repository });
          },
        });
      },
    });
  },
});
