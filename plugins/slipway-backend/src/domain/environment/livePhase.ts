import {
  REASONS,
  type Condition,
  type EnvironmentPhase,
} from '@slipway/plugin-slipway-common';

/** The phase of an environment with whose road only the cluster isn't content, if it isn't; else undefined. */
export function livePhase(
  conditions: Array<Pick<Condition, 'type' | 'status' | 'reason'>>,
): EnvironmentPhase | undefined {
  const speaks = conditions.find(
    ({ type, status }) => status !== 'True' && type !== 'Drifted',
  );
  if (!speaks) return 'ready';
  if (speaks.type !== 'Synced' && speaks.type !== 'Healthy') return undefined;
  const { state } = REASONS[speaks.reason as keyof typeof REASONS];
  // Nothing of ours is left to do, and nothing is wrong.
  if (state === 'waiting') return 'ready';
  return state === 'stopped' ? 'failed' : 'reconciling';
}
