import { LABELS } from '@slipway/plugin-slipway-common';
import type { KubernetesObject } from '../../ports/Clusters';
import { objectHealth } from './objectHealth';
import { syncsOf } from './syncs';
import type {
  Health,
  LiveApplication,
  LiveObject,
  LivePipelineRun,
  Owner,
} from './types';

/** Long messages are told in full by the object itself. */
const MESSAGE_MAX = 500;

/** Whose the object is; undefined when it is nobody's that we know. */
export function ownerOf(object: KubernetesObject): Owner | undefined {
  const labels = object.metadata.labels ?? {};
  const organization = labels[LABELS.organization];
  const service = labels[LABELS.service];
  if (!organization || !service) return undefined;
  const environment = labels[LABELS.environment];
  return { organization, service, ...(environment && { environment }) };
}

/** Keeps of an object what is shown. */
export function trimObject(object: KubernetesObject): LiveObject {
  const { metadata } = object;
  const owner = metadata.ownerReferences?.find(
    ({ controller }) => controller,
  )?.uid;
  const { health, message, reason } = objectHealth(object);
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: metadata.name,
    ...(metadata.namespace && { namespace: metadata.namespace }),
    uid: metadata.uid ?? '',
    ...(owner && { owner }),
    ...(metadata.creationTimestamp && {
      createdAt: metadata.creationTimestamp,
    }),
    health,
    ...(message && { message: clip(message) }),
    ...(reason && { reason }),
  };
}

interface ApplicationStatus {
  sync?: { status?: string; revision?: string };
  health?: { status?: string; message?: string };
  reconciledAt?: string;
  operationState?: {
    phase?: string;
    message?: string;
    startedAt?: string;
    finishedAt?: string;
  };
  history?: unknown;
  conditions?: Array<{ type?: string; message?: string }>;
  resources?: Array<{
    kind: string;
    name: string;
    status?: string;
    health?: { status?: string; message?: string };
  }>;
}

/** Conditions of an Application that are only remarks. */
const REMARKS = [
  'SharedResourceWarning',
  'OrphanedResourceWarning',
  'RepeatedResourceWarning',
  'ExcludedResourceWarning',
  'DeletionError',
];

/** Keeps of an Application what is shown; its list of resources is the bulk of it. */
export function trimApplication(object: KubernetesObject): LiveApplication {
  const status = (object.status ?? {}) as ApplicationStatus;
  const resources = status.resources ?? [];
  const { operationState } = status;
  return {
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    uid: object.metadata.uid ?? '',
    deleting: object.metadata.deletionTimestamp !== undefined,
    sync:
      oneOf(status.sync?.status, ['Synced', 'OutOfSync'] as const) ?? 'Unknown',
    revision: status.sync?.revision,
    reconciledAt: status.reconciledAt,
    health: healthWord(status.health?.status),
    healthMessage: clip(status.health?.message),
    operation: operationState?.phase
      ? {
          phase: operationState.phase,
          message: clip(operationState.message),
          startedAt: operationState.startedAt,
          finishedAt: operationState.finishedAt,
        }
      : undefined,
    syncs: syncsOf(status.history),
    errors: (status.conditions ?? [])
      .filter(({ type = '' }) => !REMARKS.includes(type))
      .map(({ type, message }) => clip(`${type}: ${message ?? ''}`)!),
    troubled: resources
      .filter(
        ({ status: sync, health }) =>
          (sync && sync !== 'Synced') ||
          (health?.status && health.status !== 'Healthy'),
      )
      .map(({ kind, name, status: sync, health }) => ({
        kind,
        name,
        sync,
        health: health?.status,
        message: clip(health?.message),
      })),
    resources: resources.length,
  };
}

interface RunStatus {
  startTime?: string;
  completionTime?: string;
  conditions?: Array<{
    type?: string;
    status?: string;
    reason?: string;
    message?: string;
  }>;
  childReferences?: Array<{ name?: string; pipelineTaskName?: string }>;
}

/** Reasons with which Tekton ends a run that somebody stopped. */
const CANCELLED = [
  'Cancelled',
  'CancelledRunFinally',
  'StoppedRunFinally',
  'PipelineRunCancelled',
];

/** Where pipelines put the commit that they build, most specific first. */
const REVISION_LABELS = [
  'slipway.dev/revision',
  'tekton.dev/revision',
  'backstage.io/revision',
];
const REVISION_PARAMS = ['revision', 'git-revision', 'commit', 'sha'];

/** Keeps of a PipelineRun what is shown. */
export function trimPipelineRun(object: KubernetesObject): LivePipelineRun {
  const status = (object.status ?? {}) as RunStatus;
  const succeeded = status.conditions?.find(({ type }) => type === 'Succeeded');
  const state = runState(status, succeeded);
  const { labels = {}, annotations = {} } = object.metadata;
  const params =
    (
      (object.spec ?? {}) as {
        params?: Array<{ name: string; value: unknown }>;
      }
    ).params ?? [];
  const param = REVISION_PARAMS.map(
    name => params.find(p => p.name === name)?.value,
  ).find((value): value is string => typeof value === 'string');
  return {
    uid: object.metadata.uid ?? '',
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    state,
    revision:
      REVISION_LABELS.map(label => labels[label] ?? annotations[label]).find(
        Boolean,
      ) ?? param,
    startedAt: status.startTime,
    finishedAt: status.completionTime,
    message: clip(succeeded?.message),
    steps: (status.childReferences ?? []).map(child => ({
      name: child.pipelineTaskName ?? child.name ?? '',
      state: state === 'succeeded' ? 'succeeded' : 'unknown',
    })),
  };
}

function runState(
  { startTime, completionTime }: RunStatus,
  succeeded: { status?: string; reason?: string } | undefined,
): LivePipelineRun['state'] {
  if (succeeded?.status === 'True') return 'succeeded';
  if (succeeded?.status === 'False')
    return CANCELLED.includes(succeeded.reason ?? '') ? 'cancelled' : 'failed';
  if (completionTime) return 'unknown';
  return startTime ? 'running' : 'queued';
}

function healthWord(word: string | undefined): Health {
  return (
    oneOf(word, [
      'Healthy',
      'Progressing',
      'Degraded',
      'Suspended',
      'Missing',
    ] as const) ?? 'Unknown'
  );
}

function oneOf<const T extends string>(
  word: string | undefined,
  words: readonly T[],
): T | undefined {
  return words.find(known => known === word);
}

function clip<T extends string | undefined>(text: T): T {
  return (
    text !== undefined && text.length > MESSAGE_MAX
      ? `${text.slice(0, MESSAGE_MAX - 1)}…`
      : text
  ) as T;
}
