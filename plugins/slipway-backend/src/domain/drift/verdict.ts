import type { LiveApplication } from '../live/types';
import type { ObjectDrift } from './types';

/** What Argo CD says, whether that is what we say and, where it isn't, why. Undefined parts are left out. */
export function argocdVerdict(
  application: LiveApplication,
  state: 'none' | 'drifted' | 'unknown',
  drifted: ObjectDrift[],
): { sync: string; agrees: boolean; why?: string } {
  const { sync } = application;
  const workload = drifted.filter(({ part }) => part === 'workload');
  if (state === 'unknown' || sync === 'Unknown') {
    const who = sync === 'Unknown' ? 'Argo CD has' : 'Slipway has';
    return {
      sync,
      agrees: false,
      why: `${who} not been able to compare everything.`,
    };
  }
  if (sync === 'OutOfSync') {
    if (workload.length > 0) return { sync, agrees: true };
    return {
      sync,
      agrees: false,
      why: 'Argo CD compares with the newest commit; Slipway with the one that was synced last. What is only on its way is no drift.',
    };
  }
  if (drifted.length === 0) return { sync, agrees: true };
  if (workload.length === 0) {
    return {
      sync,
      agrees: false,
      why: 'What drifted is applied by Slipway (platform/), which Argo CD does not look at.',
    };
  }
  const foreign = workload.every(({ fields }) =>
    fields.every(({ why }) => why === 'foreign'),
  );
  return {
    sync,
    agrees: false,
    why: foreign
      ? 'Argo CD compares only fields that Git sets; these were added beside them.'
      : 'Argo CD has not compared since the change, or ignores these fields.',
  };
}
