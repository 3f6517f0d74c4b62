import type { DetailReasonKey } from '@slipway/plugin-slipway-common';
import type { KubernetesObject } from '../../ports/Clusters';
import type { Health } from './types';

/** Health of one object and, unless it is healthy, a sentence that names it and a row of the table of reasons. */
export interface ObjectHealth {
  health: Health;
  message?: string;
  reason?: DetailReasonKey;
}

interface KubeCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

const HEALTHY: ObjectHealth = { health: 'Healthy' };

/** One line a kind; a kind that isn't listed is healthy by being there. */
const BY_KIND: Record<string, (object: KubernetesObject) => ObjectHealth> = {
  Pod: pod,
  Deployment: deployment,
  StatefulSet: statefulSet,
  ReplicaSet: replicaSet,
  Job: job,
  CronJob: cronJob,
  PersistentVolumeClaim: claim,
  Service: service,
  Namespace: namespace,
};

/** How an object is, from its own status alone. */
export function objectHealth(object: KubernetesObject): ObjectHealth {
  if (object.metadata.deletionTimestamp && object.kind !== 'Namespace') {
    return {
      health: 'Progressing',
      message: `${nameOf(object)} is being deleted`,
      reason: 'Terminating',
    };
  }
  return BY_KIND[object.kind]?.(object) ?? HEALTHY;
}

const PULL_REASONS = [
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'ErrImageNeverPull',
  'RegistryUnavailable',
] as const satisfies DetailReasonKey[];
const CONFIG_REASONS = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
] as const satisfies DetailReasonKey[];

function pod(object: KubernetesObject): ObjectHealth {
  const status = (object.status ?? {}) as {
    phase?: string;
    reason?: string;
    message?: string;
    conditions?: KubeCondition[];
    initContainerStatuses?: ContainerStatus[];
    containerStatuses?: ContainerStatus[];
  };
  const name = nameOf(object);
  if (status.phase === 'Succeeded') return HEALTHY;
  if (status.phase === 'Failed') {
    const why =
      [status.reason, status.message].filter(Boolean).join(': ') || 'failed';
    return {
      health: 'Degraded',
      message: `${name}: ${why}`,
      reason: status.reason === 'Evicted' ? 'Evicted' : 'PodFailed',
    };
  }
  for (const container of [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
  ]) {
    const trouble = containerTrouble(container);
    if (trouble)
      return {
        health: 'Degraded',
        message: `${name}: ${trouble.what}`,
        reason: trouble.reason,
      };
  }
  const unscheduled = status.conditions?.find(
    c => c.type === 'PodScheduled' && c.status === 'False',
  );
  if (unscheduled) {
    return {
      health: 'Degraded',
      message: `${name} can't be scheduled: ${unscheduled.message ?? unscheduled.reason}`,
      reason: 'Unschedulable',
    };
  }
  const ready = status.conditions?.find(c => c.type === 'Ready');
  if (ready?.status === 'True') return HEALTHY;
  const running = status.phase === 'Running';
  return {
    health: 'Progressing',
    message: `${name} is ${running ? 'not ready yet' : 'starting'}`,
    reason: running ? 'PodNotReady' : 'PodStarting',
  };
}

interface ContainerStatus {
  name: string;
  image?: string;
  restartCount?: number;
  state?: { waiting?: { reason?: string; message?: string } };
  lastState?: { terminated?: { reason?: string; exitCode?: number } };
}

interface Trouble {
  what: string;
  reason: DetailReasonKey;
}

function containerTrouble(container: ContainerStatus): Trouble | undefined {
  const { reason: waits = '', message } = container.state?.waiting ?? {};
  const pulling = PULL_REASONS.find(reason => reason === waits);
  if (pulling) {
    return {
      what: `the image ${container.image ?? ''} can't be pulled (${waits}${message ? `: ${message}` : ''})`,
      reason: pulling,
    };
  }
  if (waits === 'CrashLoopBackOff') {
    const last = container.lastState?.terminated;
    const how = last
      ? ` with ${last.reason ?? 'an error'}, exit code ${last.exitCode}`
      : '';
    return {
      what: `the container ${container.name} keeps stopping${how} (CrashLoopBackOff, ${container.restartCount ?? 0} restarts)`,
      // Why it stops says more than that it does.
      reason: last?.reason === 'OOMKilled' ? 'OOMKilled' : 'CrashLoopBackOff',
    };
  }
  const config = CONFIG_REASONS.find(reason => reason === waits);
  return (
    config && {
      what: `the container ${container.name} can't be started (${waits}${message ? `: ${message}` : ''})`,
      reason: config,
    }
  );
}

function deployment(object: KubernetesObject): ObjectHealth {
  const spec = (object.spec ?? {}) as { replicas?: number; paused?: boolean };
  const status = (object.status ?? {}) as {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    conditions?: KubeCondition[];
  };
  const name = nameOf(object);
  if (spec.paused)
    return {
      health: 'Suspended',
      message: `${name} is paused`,
      reason: 'Paused',
    };
  if (behind(object, status.observedGeneration))
    return rollingOut(`${name} is being rolled out`);
  const failure = status.conditions?.find(
    c => c.type === 'ReplicaFailure' && c.status === 'True',
  );
  if (failure)
    return {
      health: 'Degraded',
      message: `${name}: ${quotaWords(failure.message)}`,
      reason: failedCreate(failure.message),
    };
  const progress = status.conditions?.find(c => c.type === 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') {
    return {
      health: 'Degraded',
      message: `${name} does not get on: ${progress.message ?? progress.reason}`,
      reason: 'ProgressDeadlineExceeded',
    };
  }
  const wanted = spec.replicas ?? 1;
  const updated = status.updatedReplicas ?? 0;
  const available = status.availableReplicas ?? 0;
  if (
    updated < wanted ||
    available < wanted ||
    (status.replicas ?? 0) > updated
  ) {
    return rollingOut(`${name}: ${available} of ${wanted} available`);
  }
  return HEALTHY;
}

function statefulSet(object: KubernetesObject): ObjectHealth {
  const spec = (object.spec ?? {}) as { replicas?: number };
  const status = (object.status ?? {}) as {
    observedGeneration?: number;
    readyReplicas?: number;
  };
  const name = nameOf(object);
  if (behind(object, status.observedGeneration))
    return rollingOut(`${name} is being rolled out`);
  const wanted = spec.replicas ?? 1;
  const ready = status.readyReplicas ?? 0;
  return ready < wanted
    ? rollingOut(`${name}: ${ready} of ${wanted} ready`)
    : HEALTHY;
}

function replicaSet(object: KubernetesObject): ObjectHealth {
  const status = (object.status ?? {}) as { conditions?: KubeCondition[] };
  const failure = status.conditions?.find(
    c => c.type === 'ReplicaFailure' && c.status === 'True',
  );
  return failure
    ? {
        health: 'Degraded',
        message: `${nameOf(object)}: ${quotaWords(failure.message)}`,
        reason: failedCreate(failure.message),
      }
    : HEALTHY;
}

function job(object: KubernetesObject): ObjectHealth {
  const spec = (object.spec ?? {}) as { suspend?: boolean };
  const status = (object.status ?? {}) as { conditions?: KubeCondition[] };
  const is = (type: string) =>
    status.conditions?.find(c => c.type === type && c.status === 'True');
  const failed = is('Failed');
  if (failed)
    return {
      health: 'Degraded',
      message: `${nameOf(object)}: ${failed.message ?? failed.reason ?? 'failed'}`,
      reason: 'JobFailed',
    };
  if (is('Complete')) return HEALTHY;
  if (spec.suspend)
    return {
      health: 'Suspended',
      message: `${nameOf(object)} is suspended`,
      reason: 'Paused',
    };
  return {
    health: 'Progressing',
    message: `${nameOf(object)} is running`,
    reason: 'JobRunning',
  };
}

function cronJob(object: KubernetesObject): ObjectHealth {
  const spec = (object.spec ?? {}) as { suspend?: boolean };
  return spec.suspend
    ? {
        health: 'Suspended',
        message: `${nameOf(object)} is suspended`,
        reason: 'Paused',
      }
    : HEALTHY;
}

function claim(object: KubernetesObject): ObjectHealth {
  const { phase } = (object.status ?? {}) as { phase?: string };
  if (phase === 'Bound') return HEALTHY;
  if (phase === 'Lost')
    return {
      health: 'Degraded',
      message: `${nameOf(object)} has lost its volume`,
      reason: 'VolumeLost',
    };
  return {
    health: 'Progressing',
    message: `${nameOf(object)} waits for a volume`,
    reason: 'VolumePending',
  };
}

function service(object: KubernetesObject): ObjectHealth {
  const spec = (object.spec ?? {}) as { type?: string };
  const status = (object.status ?? {}) as {
    loadBalancer?: { ingress?: unknown[] };
  };
  if (spec.type === 'LoadBalancer' && !status.loadBalancer?.ingress?.length) {
    return {
      health: 'Progressing',
      message: `${nameOf(object)} waits for an address`,
      reason: 'AddressPending',
    };
  }
  return HEALTHY;
}

function namespace(object: KubernetesObject): ObjectHealth {
  return object.metadata.deletionTimestamp
    ? {
        health: 'Progressing',
        message: `${nameOf(object)} is being deleted`,
        reason: 'Terminating',
      }
    : HEALTHY;
}

function behind(
  object: KubernetesObject,
  observed: number | undefined,
): boolean {
  const { generation } = object.metadata;
  return generation !== undefined && (observed ?? 0) < generation;
}

function rollingOut(message: string): ObjectHealth {
  return { health: 'Progressing', message, reason: 'RollingOut' };
}

function failedCreate(message = ''): DetailReasonKey {
  return message.includes('exceeded quota') ? 'QuotaUsedUp' : 'FailedCreate';
}

/** The API server says "exceeded quota" somewhere in a long sentence; people look for that word first. */
function quotaWords(message = 'its Pods can not be made'): string {
  return message.includes('exceeded quota')
    ? `the quota is used up (${message})`
    : message;
}

function nameOf(object: KubernetesObject): string {
  return `${object.kind} ${object.metadata.name}`;
}
