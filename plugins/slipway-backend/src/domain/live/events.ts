import type { KubernetesObject } from '../../ports/Clusters';

/** Longer ones are told in full by the event itself. */
const MESSAGE_MAX = 500;

/** What is kept of a warning of the cluster about one object. */
export interface LiveEvent {
  uid: string;
  namespace: string;
  /** The object that it is about. */
  about: { kind: string; name: string; uid?: string };
  reason: string;
  message: string;
  count: number;
  firstSeen?: string;
  lastSeen?: string;
  source?: string;
}

interface CoreEvent {
  involvedObject?: {
    kind?: unknown;
    name?: unknown;
    namespace?: unknown;
    uid?: unknown;
  };
  reason?: unknown;
  message?: unknown;
  count?: unknown;
  firstTimestamp?: unknown;
  lastTimestamp?: unknown;
  eventTime?: unknown;
  series?: { count?: unknown; lastObservedTime?: unknown };
  source?: { component?: unknown };
  reportingComponent?: unknown;
}

/** Keeps of an event what is shown; nothing when it isn't about anything in a namespace. */
export function trimEvent(object: KubernetesObject): LiveEvent | undefined {
  const event = object as unknown as CoreEvent;
  const kind = text(event.involvedObject?.kind);
  const name = text(event.involvedObject?.name);
  const namespace =
    text(event.involvedObject?.namespace) ?? object.metadata.namespace;
  if (!kind || !name || !namespace) return undefined;
  const uid = text(event.involvedObject?.uid);
  // Series and single events, of the old API and the new, keep their times in different fields.
  const firstSeen = text(event.firstTimestamp) ?? text(event.eventTime);
  const lastSeen =
    text(event.series?.lastObservedTime) ??
    text(event.lastTimestamp) ??
    firstSeen ??
    object.metadata.creationTimestamp;
  const source =
    text(event.source?.component) ?? text(event.reportingComponent);
  return {
    uid: object.metadata.uid ?? '',
    namespace,
    about: { kind, name, ...(uid && { uid }) },
    reason: clip(text(event.reason) ?? 'Warning'),
    message: clip(text(event.message) ?? ''),
    count: number(event.series?.count) ?? number(event.count) ?? 1,
    ...(firstSeen && { firstSeen }),
    ...(lastSeen && { lastSeen }),
    ...(source && { source }),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

function clip(value: string): string {
  return value.length > MESSAGE_MAX
    ? `${value.slice(0, MESSAGE_MAX - 1)}…`
    : value;
}
