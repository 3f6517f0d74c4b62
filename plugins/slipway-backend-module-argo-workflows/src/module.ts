import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { pipelineEnginesExtensionPoint } from '@slipway/plugin-slipway-node';
import { ArgoWorkflowsEngine } from './ArgoWorkflowsEngine';

/**
 * Adds Argo Workflows to what runs pipelines.
 *
 * @public
 */
export const slipwayModuleArgoWorkflows = createBackendModule({
  pluginId: 'slipway',
  moduleId: 'argo-workflows',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        engines: pipelineEnginesExtensionPoint,
      },
      async init({ config, engines }) {
        const settings = config.getOptionalConfig('slipway.argoWorkflows');
        engines.addEngine(
          ArgoWorkflowsEngine.create({
            labelSelector: settings?.getOptionalString('labelSelector'),
            runUrl: settings?.getOptionalString('runUrl'),
          }),
        );
      },
    });
  },
});
