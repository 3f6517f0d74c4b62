import type { KubernetesObject } from '../../ports/Clusters';
import type { Health } from './types';

/** Health of one object and, unless it is healthy, a sentence that names it. */
export interface ObjectHealth {
  health: Health;
  message?: string;
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
];
const CONFIG_REASONS = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
];

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
    return { health: 'Degraded', message: `${name}: ${why}` };
  }
  for (const container of [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
  ]) {
    const trouble = containerTrouble(container);
    if (trouble) return { health: 'Degraded', message: `${name}: ${trouble}` };
  }
  const unscheduled = status.conditions?.find(
    c => c.type === 'PodScheduled' && c.status === 'False',
  );
  if (unscheduled) {
    return {
      health: 'Degraded',
      message: `${name} can't be scheduled: ${unscheduled.message ?? unscheduled.reason}`,
    };
  }
  const ready = status.conditions?.find(c => c.type === 'Ready');
  if (ready?.status === 'True') return HEALTHY;
  return {
    health: 'Progressing',
    message: `${name} is ${status.phase === 'Running' ? 'not ready yet' : 'starting'}`,
  };
}

interface ContainerStatus {
  name: string;
  image?: string;
  restartCount?: number;
  state?: { waiting?: { reason?: string; message?: string } };
  lastState?: { terminated?: { reason?: string; exitCode?: number } };
}

function containerTrouble(container: ContainerStatus): string | undefined {
  const { reason = '', message } = container.state?.waiting ?? {};
  if (PULL_REASONS.includes(reason)) {
    return `the image ${container.image ?? ''} can't be pulled (${reason}${message ? `: ${message}` : ''})`;
  }
  if (reason === 'CrashLoopBackOff') {
    const last = container.lastState?.terminated;
    const how = last
      ? ` with ${last.reason ?? 'an error'}, exit code ${last.exitCode}`
      : '';
    return `the container ${container.name} keeps stopping${how} (CrashLoopBackOff, ${container.restartCount ?? 0} restarts)`;
  }
  if (CONFIG_REASONS.includes(reason)) {
    return `the container ${container.name} can't be started (${reason}${message ? `: ${message}` : ''})`;
  }
  return undefined;
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
  if (spec.paused) return { health: 'Suspended', message: `${name} is paused` };
  if (behind(object, status.observedGeneration))
    return { health: 'Progressing', message: `${name} is being rolled out` };
  const failure = status.conditions?.find(
    c => c.type === 'ReplicaFailure' && c.status === 'True',
  );
  if (failure)
    return {
      health: 'Degraded',
      message: `${name}: ${quotaWords(failure.message)}`,
    };
  const progress = status.conditions?.find(c => c.type === 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') {
    return {
      health: 'Degraded',
      message: `${name} does not get on: ${progress.message ?? progress.reason}`,
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
    return {
      health: 'Progressing',
      message: `${name}: ${available} of ${wanted} available`,
    };
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
    return { health: 'Progressing', message: `${name} is being rolled out` };
  const wanted = spec.replicas ?? 1;
  const ready = status.readyReplicas ?? 0;
  return ready < wanted
    ? { health: 'Progressing', message: `${name}: ${ready} of ${wanted} ready` }
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
    };
  if (is('Complete')) return HEALTHY;
  if (spec.suspend)
    return { health: 'Suspended', message: `${nameOf(object)} is suspended` };
  return { health: 'Progressing', message: `${nameOf(object)} is running` };
}

function cronJob(object: KubernetesObject): ObjectHealth {
  const spec = (object.spec ?? {}) as { suspend?: boolean };
  return spec.suspend
    ? { health: 'Suspended', message: `${nameOf(object)} is suspended` }
    : HEALTHY;
}

function claim(object: KubernetesObject): ObjectHealth {
  const { phase } = (object.status ?? {}) as { phase?: string };
  if (phase === 'Bound') return HEALTHY;
  if (phase === 'Lost')
    return {
      health: 'Degraded',
      message: `${nameOf(object)} has lost its volume`,
    };
  return {
    health: 'Progressing',
    message: `${nameOf(object)} waits for a volume`,
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
    };
  }
  return HEALTHY;
}

function namespace(object: KubernetesObject): ObjectHealth {
  return object.metadata.deletionTimestamp
    ? { health: 'Progressing', message: `${nameOf(object)} is being deleted` }
    : HEALTHY;
}

function behind(
  object: KubernetesObject,
  observed: number | undefined,
): boolean {
  const { generation } = object.metadata;
  return generation !== undefined && (observed ?? 0) < generation;
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
