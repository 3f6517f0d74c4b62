import { numberAt, objectsAt, stringAt } from '../../apiserver/json';
import { KubeObject } from '../../apiserver/types';

export type HealthStatus =
  'Healthy' | 'Suspended' | 'Progressing' | 'Missing' | 'Degraded' | 'Unknown';

export interface Health {
  status: HealthStatus;
  message?: string;
}

const WORST_LAST: HealthStatus[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
];

export function worst(list: HealthStatus[]): HealthStatus {
  return list.reduce<HealthStatus>(
    (a, b) => (WORST_LAST.indexOf(b) > WORST_LAST.indexOf(a) ? b : a),
    'Healthy',
  );
}

function condition(object: KubeObject, type: string) {
  return objectsAt(object, 'status', 'conditions').find(
    one => one.type === type,
  );
}

function outdated(object: KubeObject): boolean {
  return (
    (numberAt(object, 'status', 'observedGeneration') ?? 0) <
    (object.metadata.generation ?? 0)
  );
}

const RULES: Record<string, (object: KubeObject) => Health> = {
  'apps/Deployment': object => {
    if ((object.spec as { paused?: boolean })?.paused)
      return { status: 'Suspended', message: 'Deployment is paused' };
    if (outdated(object))
      return {
        status: 'Progressing',
        message:
          'Waiting for rollout to finish: observed deployment generation less than desired generation',
      };
    const progressing = condition(object, 'Progressing');
    if (progressing?.reason === 'ProgressDeadlineExceeded')
      return {
        status: 'Degraded',
        message: `Deployment "${object.metadata.name}" exceeded its progress deadline`,
      };
    const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
    const updated = numberAt(object, 'status', 'updatedReplicas') ?? 0;
    const all = numberAt(object, 'status', 'replicas') ?? 0;
    const available = numberAt(object, 'status', 'availableReplicas') ?? 0;
    if (updated < wanted)
      return {
        status: 'Progressing',
        message: `Waiting for rollout to finish: ${updated} out of ${wanted} new replicas have been updated...`,
      };
    if (all > updated)
      return {
        status: 'Progressing',
        message: `Waiting for rollout to finish: ${all - updated} old replicas are pending termination...`,
      };
    if (available < updated)
      return {
        status: 'Progressing',
        message: `Waiting for rollout to finish: ${available} of ${updated} updated replicas are available...`,
      };
    return { status: 'Healthy' };
  },
  'apps/StatefulSet': object => {
    const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
    const ready = numberAt(object, 'status', 'readyReplicas') ?? 0;
    const updated = numberAt(object, 'status', 'updatedReplicas') ?? 0;
    if (outdated(object))
      return {
        status: 'Progressing',
        message: 'Waiting for statefulset spec update to be observed...',
      };
    if (ready < wanted || updated < wanted)
      return {
        status: 'Progressing',
        message: `Waiting for ${wanted - ready} pods to be ready...`,
      };
    return { status: 'Healthy' };
  },
  'apps/ReplicaSet': object =>
    (numberAt(object, 'status', 'availableReplicas') ?? 0) <
    (numberAt(object, 'spec', 'replicas') ?? 1)
      ? { status: 'Progressing', message: 'Waiting for replicas' }
      : { status: 'Healthy' },
  'batch/Job': object => {
    if (condition(object, 'Failed'))
      return {
        status: 'Degraded',
        message: String(condition(object, 'Failed')!.message),
      };
    return condition(object, 'Complete')
      ? { status: 'Healthy' }
      : { status: 'Progressing' };
  },
  '/PersistentVolumeClaim': object => {
    const phase = stringAt(object, 'status', 'phase');
    if (phase === 'Lost') return { status: 'Degraded' };
    return phase === 'Bound'
      ? { status: 'Healthy' }
      : { status: 'Progressing' };
  },
  '/Pod': object => {
    const phase = stringAt(object, 'status', 'phase');
    const bad = objectsAt(object, 'status', 'containerStatuses')
      .map(one => stringAt(one, 'state', 'waiting', 'reason'))
      .find(one => one?.endsWith('BackOff') || one?.endsWith('Error'));
    if (bad || phase === 'Failed') return { status: 'Degraded', message: bad };
    if (phase === 'Succeeded') return { status: 'Healthy' };
    return condition(object, 'Ready')?.status === 'True'
      ? { status: 'Healthy' }
      : { status: 'Progressing' };
  },
};

/** The health of an object, or undefined for kinds that have none (they count as healthy). */
export function healthOf(
  object: KubeObject,
  group: string,
): Health | undefined {
  if (object.metadata.deletionTimestamp)
    return { status: 'Progressing', message: 'Pending deletion' };
  return RULES[`${group}/${object.kind}`]?.(object);
}
