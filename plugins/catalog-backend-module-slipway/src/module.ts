import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { createSlipwayClient } from '@slipway/plugin-slipway-common';
import { CatalogPresence } from './presence';
import { SlipwayEntityProvider } from './SlipwayEntityProvider';
import { SlipwayServiceProcessor } from './SlipwayServiceProcessor';

/** The topic on which the Slipway backend says that something has changed; what, is read from its API. */
const TOPIC = 'slipway.catalog';

/** Events bring changes at once; this is for those that got lost. */
const SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 1 },
  timeout: { minutes: 2 },
  // The catalog should have read what teams have registered before names are given away.
  initialDelay: { seconds: 10 },
};

/**
 * Adds Slipway's entity provider and processor to the catalog.
 *
 * @public
 */
export const catalogModuleSlipway = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'slipway',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { auth, config, logger } = deps;
        const scheduleConfig = config.getOptionalConfig(
          'catalog.providers.slipway.schedule',
        );
        const provider = new SlipwayEntityProvider({
          client: createSlipwayClient({
            discoveryApi: deps.discovery,
            fetchApi: { fetch },
            token: async () => {
              const { token } = await auth.getPluginRequestToken({
                onBehalfOf: await auth.getOwnServiceCredentials(),
                targetPluginId: 'slipway',
              });
              return token;
            },
          }),
          presence: new CatalogPresence(deps.catalog, () =>
            auth.getOwnServiceCredentials(),
          ),
          logger,
          appBaseUrl: config.getString('app.baseUrl').replace(/\/+$/, ''),
        });

        deps.processing.addEntityProvider(provider);
        deps.processing.addProcessor(new SlipwayServiceProcessor());
        await deps.events.subscribe({
          id: 'slipway-entity-provider',
          topics: [TOPIC],
          // A failure is logged by the provider, and the schedule tries again.
          onEvent: () => provider.refresh().catch(() => undefined),
        });
        await deps.scheduler.scheduleTask({
          ...(scheduleConfig
            ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
                scheduleConfig,
              )
            : SCHEDULE),
          id: 'slipway-entity-provider',
          fn: () => provider.refresh(),
        });
      },
    });
  },
});
