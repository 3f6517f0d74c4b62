import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { pipelineEnginesExtensionPoint } from '@slipway/plugin-slipway-node';
import { TektonEngine } from './TektonEngine';

/**
 * Adds Tekton to what runs pipelines.
 *
 * @public
 */
export const slipwayModuleTekton = createBackendModule({
  pluginId: 'slipway',
  moduleId: 'tekton',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        engines: pipelineEnginesExtensionPoint,
      },
      async init({ config, engines }) {
        const settings = config.getOptionalConfig('slipway.tekton');
        engines.addEngine(
          TektonEngine.create({
            labelSelector: settings?.getOptionalString('labelSelector'),
            runUrl: settings?.getOptionalString('runUrl'),
          }),
        );
      },
    });
  },
});
