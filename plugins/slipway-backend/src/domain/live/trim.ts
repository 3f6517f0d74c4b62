import { LABELS } from '@slipway/plugin-slipway-common';
import type { KubernetesObject } from '../../ports/Clusters';
import { objectHealth } from './objectHealth';
import { syncsOf } from './syncs';
import type { Health, LiveApplication, LiveObject, Owner } from './types';

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

interface ApplicationSpec {
  syncPolicy?: { automated?: { selfHeal?: boolean } };
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
  const spec = object.spec as ApplicationSpec | undefined;
  return {
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    uid: object.metadata.uid ?? '',
    deleting: object.metadata.deletionTimestamp !== undefined,
    selfHeals: spec?.syncPolicy?.automated?.selfHeal === true,
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
