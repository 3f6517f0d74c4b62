import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { pullRequestHostsExtensionPoint } from '@slipway/plugin-slipway-node';
import { GithubHost } from './GithubHost';

/** As Backstage's events module for GitHub names them, which has verified the deliveries. */
const TOPICS = [
  'github.push',
  'github.pull_request',
  'github.pull_request_review',
  'github.status',
  'github.check_run',
];

/**
 * Adds the hosts of `integrations.github` to those whose pull requests Slipway works with.
 *
 * @public
 */
export const slipwayModuleGithub = createBackendModule({
  pluginId: 'slipway',
  moduleId: 'github',
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
          GithubHost.create({
            integrations,
            credentials:
              DefaultGithubCredentialsProvider.fromIntegrations(integrations),
          }),
        );
        await events.subscribe({
          id: 'slipway-github',
          topics: TOPICS,
          async onEvent({ eventPayload }) {
            const { repository } = (eventPayload ?? {}) as {
              repository?: { html_url?: unknown };
            };
            if (typeof repository?.html_url === 'string')
              hosts.heard({ repository: repository.html_url });
          },
        });
      },
    });
  },
});
