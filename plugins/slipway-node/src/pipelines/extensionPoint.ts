import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { PipelineEngine } from './PipelineEngine';

/**
 * Where a module adds what runs pipelines.
 *
 * @public
 */
export interface PipelineEnginesExtensionPoint {
  /** Throws when there is an engine of this type already. */
  addEngine(engine: PipelineEngine): void;
}

/**
 * Extension point of the plugin `slipway` for {@link PipelineEngine}s.
 *
 * @public
 */
export const pipelineEnginesExtensionPoint =
  createExtensionPoint<PipelineEnginesExtensionPoint>({
    id: 'slipway.pipelineEngines',
  });
