import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { pullRequestHostsExtensionPoint } from '@slipway/plugin-slipway-node';
import { GiteaHost } from './GiteaHost';

/** Where deliveries of Gitea's webhooks are published, once they are verified. */
const TOPIC = 'gitea';

/**
 * Adds the hosts of `integrations.gitea` to those whose pull requests Slipway works with.
 *
 * @public
 */
export const slipwayModuleGitea = createBackendModule({
  pluginId: 'slipway',
  moduleId: 'gitea',
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
          GiteaHost.create(
            integrations.gitea.list().map(({ config: one }) => one),
          ),
        );
        await events.subscribe({
          id: 'slipway-gitea',
          topics: [TOPIC],
          async onEvent({ eventPayload }) {
            const { repository } = (eventPayload ?? {}) as {
              repository?: { clone_url?: unknown };
            };
            if (typeof repository?.clone_url === 'string')
              hosts.heard({ repository: repository.clone_url });
          },
        });
      },
    });
  },
});
