import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { pipelineEnginesExtensionPoint } from '@slipway/plugin-slipway-node';
import { GithubActionsEngine } from './GithubActionsEngine';
import { HttpGithubApi } from './HttpGithubApi';
import { readSettings } from './settings';

/** As Backstage's events module for GitHub names them. */
const TOPICS = ['github.workflow_run', 'github.workflow_job'];

/**
 * Adds GitHub Actions to what runs pipelines.
 *
 * @public
 */
export const slipwayModuleGithubActions = createBackendModule({
  pluginId: 'slipway',
  moduleId: 'github-actions',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        engines: pipelineEnginesExtensionPoint,
        events: eventsServiceRef,
        logger: coreServices.logger,
      },
      async init({ config, engines, events, logger }) {
        const integrations = ScmIntegrations.fromConfig(config);
        const engine = GithubActionsEngine.create({
          api: HttpGithubApi.create({
            integrations,
            credentials:
              DefaultGithubCredentialsProvider.fromIntegrations(integrations),
          }),
          logger,
          settings: readSettings(config),
        });
        engines.addEngine(engine);
        await events.subscribe({
          id: 'slipway-github-actions',
          topics: TOPICS,
          async onEvent({ eventPayload }) {
            const { repository } = (eventPayload ?? {}) as {
              repository?: { html_url?: unknown };
            };
            if (typeof repository?.html_url === 'string')
              engine.heard(repository.html_url);
          },
        });
      },
    });
  },
});
