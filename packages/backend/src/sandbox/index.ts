import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { startSandbox } from '@slipway/sandbox';

/**
 * The embedded default: starts the sandbox clusters that `slipway.sandbox` names, in this process. Where a real cluster
 * is configured the section is absent and nothing is started.
 */
export default createBackendPlugin({
  pluginId: 'slipway-sandbox',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        lifecycle: coreServices.rootLifecycle,
      },
      async init({ config, logger, lifecycle }) {
        const section = config.getOptionalConfig('slipway.sandbox');
        if (!section) return;
        const sandbox = await startSandbox({
          stateDir: section.getOptionalString('stateDirectory'),
          token: section.getString('token'),
          clusters: section.getConfigArray('clusters').map(cluster => ({
            name: cluster.getString('name'),
            region: cluster.getOptionalString('region'),
            port: cluster.getNumber('port'),
          })),
          logger,
        });
        for (const cluster of sandbox.clusters) {
          logger.info(
            `Sandbox cluster ${cluster.name} (a stand-in, not a real cluster) answers at ${cluster.url}`,
          );
        }
        lifecycle.addShutdownHook(() => sandbox.stop());
      },
    });
  },
});
