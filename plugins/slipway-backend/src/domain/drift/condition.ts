import type { Condition } from '@slipway/plugin-slipway-common';
import type { DriftGlance } from '../../ports/DriftStore';

/** Drift as a condition beside the road. `True` means that something differs: it is named after the trouble. */
export function driftCondition(
  { state, objects, fields, message, changedAt, checkedAt }: DriftGlance,
  observedGeneration: number,
): Condition {
  const type = 'Drifted';
  const lastTransitionTime = changedAt.toISOString();
  if (state === 'drifted') {
    const count = `${fields} field${fields === 1 ? '' : 's'} of ${objects} object${objects === 1 ? '' : 's'}`;
    return {
      type,
      status: 'True',
      reason: 'Drifted',
      message: `${count} differ${fields === 1 ? 's' : ''} from Git.`,
      observedGeneration,
      lastTransitionTime,
    };
  }
  if (state === 'unknown') {
    const last = checkedAt ? ` Last looked at ${checkedAt.toISOString()}.` : '';
    return {
      type,
      status: 'Unknown',
      reason: 'DriftUnknown',
      message: `${message ?? 'It could not be looked at.'}${last}`,
      observedGeneration,
      lastTransitionTime,
    };
  }
  return {
    type,
    status: 'False',
    reason: 'NotDrifted',
    message: 'What runs is what was agreed.',
    observedGeneration,
    lastTransitionTime,
  };
}
