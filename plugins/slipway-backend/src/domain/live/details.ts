import { isSecretName, looksLikeSecret } from '@slipway/plugin-slipway-common';
import type { KubernetesObject } from '../../ports/Clusters';
import { managedFieldsOf, toolOf } from '../drift';
import { redact } from '../redact';

/** Stands for values that nobody may see. */
const HIDDEN = '(hidden)';

/** What only programs read. */
const NOISE = ['kubectl.kubernetes.io/last-applied-configuration'];

/**
 * An object as a person wants to read it: without managed fields; of a Secret the keys, never the values, and so for
 * variables that are named like one.
 */
export function readable(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata;
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(
      ([name]) => !NOISE.includes(name),
    ),
  );
  const { annotations: __, ...others } = metadata;
  const shown: KubernetesObject = {
    ...object,
    metadata: {
      ...others,
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
  };
  if (object.kind !== 'Secret')
    return withoutSecretVariables(shown) as KubernetesObject;
  const hide = (values: unknown) =>
    Object.fromEntries(
      Object.keys((values ?? {}) as object).map(key => [key, HIDDEN]),
    );
  return {
    ...shown,
    ...(object.data !== undefined && { data: hide(object.data) }),
    ...(object.stringData !== undefined && {
      stringData: hide(object.stringData),
    }),
  };
}

/** Variables of containers, wherever in an object containers are. */
function withoutSecretVariables(value: unknown, name?: string): unknown {
  if (Array.isArray(value))
    return value.map(item =>
      name === 'env' ? variable(item) : withoutSecretVariables(item),
    );
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      withoutSecretVariables(inner, key),
    ]),
  );
}

function variable(entry: unknown): unknown {
  const { name, value } = (entry ?? {}) as { name?: unknown; value?: unknown };
  if (typeof name !== 'string' || typeof value !== 'string' || value === '')
    return entry;
  const shown = redact(value);
  return {
    ...(entry as object),
    value: isSecretName(name) || looksLikeSecret(shown) ? HIDDEN : shown,
  };
}

/** A field that differs, as a person wants to read it: what {@link readable} hides is hidden in it. */
export function readableField<T extends { path: string }>(
  field: T & { wanted?: unknown; found?: unknown },
): T {
  const [, name, leaf] =
    /\benv\[name=([^\]]*)\](\.value)?$/.exec(field.path) ?? [];
  const show = (value: unknown): unknown => {
    if (name === undefined)
      return withoutSecretVariables(value, field.path.split('.').at(-1));
    if (leaf === undefined) return variable(value);
    return (variable({ name, value }) as { value: unknown }).value;
  };
  return {
    ...field,
    ...('wanted' in field && { wanted: show(field.wanted) }),
    ...('found' in field && { found: show(field.found) }),
  };
}

/** Who wrote to an object, and how many fields each owns. */
export function managersOf(object: KubernetesObject) {
  return managedFieldsOf(object).map(
    ({ manager, operation, subresource, time, fields }) => ({
      manager,
      tool: toolOf({ manager, subresource }),
      operation,
      ...(subresource && { subresource }),
      ...(time && { time }),
      fields: leaves(fields),
    }),
  );
}

function leaves(fields: object): number {
  const inner = Object.entries(fields).filter(([key]) => key !== '.');
  if (inner.length === 0) return 1;
  return inner.reduce(
    (sum, [, value]) => sum + leaves((value ?? {}) as object),
    0,
  );
}

interface ContainerStatus {
  name?: string;
  ready?: boolean;
  restartCount?: number;
  state?: Record<string, { reason?: string; message?: string } | undefined>;
}

/** The containers of a Pod; undefined for everything else. */
export function containersOf(object: KubernetesObject) {
  if (object.kind !== 'Pod') return undefined;
  const { spec, status } = object as {
    spec?: Record<string, Array<{ name: string }> | undefined>;
    status?: Record<string, ContainerStatus[] | undefined>;
  };
  const shape = (init: boolean) => {
    const names = spec?.[init ? 'initContainers' : 'containers'] ?? [];
    const states =
      status?.[init ? 'initContainerStatuses' : 'containerStatuses'] ?? [];
    return names.map(({ name }) => {
      const found = states.find(one => one.name === name);
      const [state, detail] = Object.entries(found?.state ?? {})[0] ?? [];
      const message = [detail?.reason, detail?.message]
        .filter(Boolean)
        .join(': ');
      return {
        name,
        init,
        state: state ?? 'waiting',
        ready: found?.ready ?? false,
        restarts: found?.restartCount ?? 0,
        ...(message && { message }),
      };
    });
  };
  return [...shape(true), ...shape(false)];
}

/** Events of one object, as a person reads them; newest first. */
export function eventsOf(events: KubernetesObject[]) {
  return events
    .map(event => event as KubernetesObject & RawEvent)
    .map(event => {
      const firstSeen = instant(event.firstTimestamp ?? event.eventTime);
      const lastSeen = instant(
        event.lastTimestamp ??
          event.series?.lastObservedTime ??
          event.eventTime,
      );
      const source = event.source?.component ?? event.reportingComponent;
      return {
        type: event.type ?? 'Normal',
        reason: event.reason ?? '',
        message: event.message ?? '',
        count: event.count ?? event.series?.count ?? 1,
        ...(firstSeen && { firstSeen }),
        ...(lastSeen && { lastSeen }),
        ...(source && { source }),
      };
    })
    .sort((a, b) => (b.lastSeen ?? '').localeCompare(a.lastSeen ?? ''));
}

interface RawEvent {
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string };
  source?: { component?: string };
  reportingComponent?: string;
}

/** In milliseconds, whatever a server sends. */
function instant(text: string | null | undefined): string | undefined {
  const at = text ? new Date(text) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
}

/** Lines of a log that was asked for with timestamps; a line without one is kept as it is. */
export function logLines(text: string): Array<{ at?: string; text: string }> {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map(line => {
    const match = /^(\d{4}-\d{2}-\d{2}T\S+Z) (.*)$/s.exec(line);
    const at = match ? instant(match[1]) : undefined;
    return at ? { at, text: match![2] } : { text: line };
  });
}
