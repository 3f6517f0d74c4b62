import { ADOPTED_ANNOTATION, isAdopted, trackedResources } from '@slipway/plan';
import type { EnvironmentName } from '../platform/planDeclared';
import type { KubernetesObject } from '../../ports/Clusters';

/** What an adoption looks at; a finished step is seen in the cluster, not remembered. */
export interface AdoptionSeen {
  name: EnvironmentName;
  namespace: KubernetesObject | undefined;
  application: KubernetesObject | undefined;
  /** Whether an object carries the labels of this environment. */
  ours(object: KubernetesObject): boolean;
  /** The source that the Application is to have. */
  source: { repoURL: string; path: string };
}

/** The one thing that comes next. */
export type AdoptionStep =
  /** Argo CD stops to sync and to prune by itself, and what was there is written down for the way back. */
  | 'pause'
  /** The namespace gets this environment's labels. */
  | 'mark'
  /** Slipway's own objects are made, and the Application gets its new source, still without syncing by itself. */
  | 'hand-over'
  /** Argo CD syncs by itself again. */
  | 'enable'
  | 'done'
  | { wait: string }
  | { stop: string };

interface Spec {
  syncPolicy?: { automated?: object | null };
}

interface Status {
  sync?: {
    comparedTo?: { source?: { repoURL?: string; path?: string } };
  };
  operationState?: { phase?: string };
}

/** Decides what comes next in an adoption. Pure, and in the one order in which nothing can be lost. */
export function nextAdoptionStep(seen: AdoptionSeen): AdoptionStep {
  const { name, namespace, application, ours } = seen;
  // Everything of it is in Git, so an environment that was lost is made anew like any other.
  if (!application && (!namespace || ours(namespace))) return 'done';
  if (!application || !namespace) {
    return {
      stop: `What was to be adopted isn't there any more: ${application ? 'the namespace' : 'the Application'} was deleted.`,
    };
  }
  if (isAdopted(application, name)) return 'done';
  if (ours(application)) return settle(seen, application);
  const { syncPolicy } = (application.spec ?? {}) as Spec;
  const noted =
    application.metadata.annotations?.[ADOPTED_ANNOTATION] !== undefined;
  if (!noted || syncPolicy?.automated) return 'pause';
  if (isSyncing(application)) {
    return {
      wait: `Application ${application.metadata.name} is being synced; the hand-over waits until that is over.`,
    };
  }
  return ours(namespace) ? 'hand-over' : 'mark';
}

/** Argo CD compares with the new source first, and says what it would prune; it deletes nothing meanwhile. */
function settle(
  { source }: AdoptionSeen,
  application: KubernetesObject,
): AdoptionStep {
  const compared = ((application.status ?? {}) as Status).sync?.comparedTo
    ?.source;
  if (compared?.repoURL !== source.repoURL || compared.path !== source.path) {
    return {
      wait: `Argo CD has yet to compare Application ${application.metadata.name} with its new source; it doesn't sync until then.`,
    };
  }
  const pruned = trackedResources(application)
    .filter(({ requiresPruning }) => requiresPruning)
    .map(({ kind, name }) => `${kind} ${name}`);
  if (pruned.length > 0) {
    return {
      stop: `Argo CD would prune ${pruned.join(', ')}, so it isn't let sync by itself. Add each to adopt.keep or adopt.leave.`,
    };
  }
  return 'enable';
}

/** Whether a sync is under way, or asked for. */
function isSyncing(application: KubernetesObject): boolean {
  const { operationState } = (application.status ?? {}) as Status;
  return (
    application.operation !== undefined ||
    operationState?.phase === 'Running' ||
    operationState?.phase === 'Terminating'
  );
}

/** What the Application was, as its annotation keeps it. */
export interface Former {
  /** `<organization>/<service>/<environment>`. */
  environment: string;
  spec: Record<string, unknown>;
}

/** Reads the note of an adoption; undefined where there is none, or not one of ours. */
export function formerOf(
  application: KubernetesObject | undefined,
): Former | undefined {
  const note = application?.metadata.annotations?.[ADOPTED_ANNOTATION];
  if (note === undefined) return undefined;
  try {
    const former = JSON.parse(note) as Partial<Former> | null;
    return typeof former?.environment === 'string' &&
      typeof former.spec === 'object' &&
      former.spec !== null
      ? (former as Former)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A JSON merge patch that makes one value another: what the new one lacks is
 * taken off, and a list is replaced as a whole.
 */
export function mergePatchBetween(before: unknown, after: unknown): unknown {
  if (!isMap(before) || !isMap(after)) return after;
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...keys].map(key => [
      key,
      after[key] === undefined
        ? null
        : mergePatchBetween(before[key], after[key]),
    ]),
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
