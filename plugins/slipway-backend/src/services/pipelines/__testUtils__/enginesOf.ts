import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  type PipelineEngine,
  pipelineEnginesExtensionPoint,
} from '@slipway/plugin-slipway-node';

/** The engines that these modules add. */
export async function enginesOf(
  modules: BackendFeature[],
  config: object = {},
): Promise<PipelineEngine[]> {
  const engines: PipelineEngine[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        pipelineEnginesExtensionPoint,
        { addEngine: (engine: PipelineEngine) => void engines.push(engine) },
      ],
    ],
    features: [
      ...modules,
      mockServices.rootConfig.factory({ data: { ...config } }),
    ],
  });
  await backend.stop();
  return engines;
}
