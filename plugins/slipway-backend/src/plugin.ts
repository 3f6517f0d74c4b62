import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { slipwayPermissions } from '@slipway/plugin-slipway-common';
import {
  pipelineEnginesExtensionPoint,
  pullRequestHostsExtensionPoint,
} from '@slipway/plugin-slipway-node';
import { registerActions } from './actions';
import { connectAndMigrate } from './database';
import { createRouter, SIGNED_PATHS } from './http';
import { slipwayResourceRef, slipwayRules } from './services/access/rules';
import { readSettings } from './settings';
import { assemble } from './wiring/assemble';
import { PipelineEngines } from './wiring/pipelines';
import { PullRequestHosts } from './wiring/pullRequests';

/**
 * The backend of Slipway.
 * @public
 */
export const slipwayPlugin = createBackendPlugin({
  pluginId: 'slipway',
  register(env) {
    const pipelineEngines = new PipelineEngines();
    env.registerExtensionPoint(pipelineEnginesExtensionPoint, pipelineEngines);
    const pullRequestHosts = new PullRequestHosts();
    env.registerExtensionPoint(
      pullRequestHostsExtensionPoint,
      pullRequestHosts,
    );
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const settings = readSettings(deps.config);
        const db = await connectAndMigrate(deps.database);
        const slipway = await assemble({
          ...deps,
          db,
          settings,
          pipelineEngines: pipelineEngines.all(),
          pullRequestHosts,
        });
        deps.permissionsRegistry.addResourceType({
          resourceRef: slipwayResourceRef,
          permissions: slipwayPermissions,
          rules: slipwayRules,
          getResources: slipway.resources,
        });
        // Pipelines outside of Backstage sign what they tell; the router checks it.
        for (const path of SIGNED_PATHS)
          deps.httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        deps.httpRouter.use(
          createRouter({
            services: slipway.services,
            httpAuth: deps.httpAuth,
            auditor: deps.auditor,
            logger: deps.logger,
            topics: slipway.topics,
            signatures: slipway.signatures,
          }),
        );
        registerActions({
          registry: deps.actionsRegistry,
          services: slipway.services,
          appBaseUrl: deps.config.getOptionalString('app.baseUrl') ?? '',
        });
        deps.lifecycle.addStartupHook(() => slipway.start());
        deps.lifecycle.addShutdownHook(() => slipway.stop());
      },
    });
  },
});
