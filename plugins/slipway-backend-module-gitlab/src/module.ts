import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { pullRequestHostsExtensionPoint } from '@slipway/plugin-slipway-node';
import { GitlabHost } from './GitlabHost';

/** As Backstage's events module for GitLab names them, which has verified the deliveries. */
const TOPICS = [
  'gitlab.push',
  'gitlab.merge_request',
  'gitlab.pipeline',
  'gitlab.note',
];

/**
 * Adds the hosts of `integrations.gitlab` to those whose merge requests Slipway works with.
 *
 * @public
 */
export const slipwayModuleGitlab = createBackendModule({
  pluginId: 'slipway',
  moduleId: 'gitlab',
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
          GitlabHost.create(
            integrations.gitlab.list().map(({ config: one }) => one),
          ),
        );
        await events.subscribe({
          id: 'slipway-gitlab',
          topics: TOPICS,
          async onEvent({ eventPayload }) {
            const { project } = (eventPayload ?? {}) as {
              project?: { web_url?: unknown };
            };
            if (typeof project?.web_url === 'string')
              hosts.heard({ repository: project.web_url });
          },
        });
      },
    });
  },
});
