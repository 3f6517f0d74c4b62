import {
  JsonObject,
  at,
  isObject,
  listAt,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
} from '../apiserver/json';
import { Column, ResourceKind, resourceName } from '../apiserver/kinds';
import { KubeObject } from '../apiserver/types';

/** The table form of objects that `kubectl get` shows. */

type Cell = (object: KubeObject, now: Date) => unknown;

interface ColumnOf {
  name: string;
  type: string;
  cell: Cell;
}

function age(from: string | undefined, now: Date): string {
  if (!from) return '<unknown>';
  const seconds = Math.max(
    0,
    Math.floor((now.getTime() - Date.parse(from)) / 1000),
  );
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10)
    return `${minutes}m${seconds % 60 ? `${seconds % 60}s` : ''}`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return `${hours}h${minutes % 60 ? `${minutes % 60}m` : ''}`;
  if (hours < 48) return `${hours}h`;
  return `${Math.floor(hours / 24)}d`;
}

const NAME: ColumnOf = {
  name: 'Name',
  type: 'string',
  cell: object => object.metadata.name,
};
const AGE: ColumnOf = {
  name: 'Age',
  type: 'string',
  cell: (object, now) => age(object.metadata.creationTimestamp, now),
};

function text(name: string, ...path: string[]): ColumnOf {
  return {
    name,
    type: 'string',
    cell: object => at(object, ...path) ?? '<none>',
  };
}

function count(name: string, ...path: string[]): ColumnOf {
  return {
    name,
    type: 'integer',
    cell: object => numberAt(object, ...path) ?? 0,
  };
}

function podStatus(pod: KubeObject): string {
  for (const one of objectsAt(pod, 'status', 'containerStatuses')) {
    const reason =
      stringAt(one, 'state', 'waiting', 'reason') ??
      stringAt(one, 'state', 'terminated', 'reason');
    if (reason) return pod.metadata.deletionTimestamp ? 'Terminating' : reason;
  }
  return pod.metadata.deletionTimestamp
    ? 'Terminating'
    : (stringAt(pod, 'status', 'phase') ?? 'Unknown');
}

const COLUMNS: Record<string, ColumnOf[]> = {
  namespaces: [NAME, text('Status', 'status', 'phase'), AGE],
  pods: [
    NAME,
    {
      name: 'Ready',
      type: 'string',
      cell: pod => {
        const ready = objectsAt(pod, 'status', 'containerStatuses').filter(
          one => one.ready,
        ).length;
        return `${ready}/${listAt(pod, 'spec', 'containers').length}`;
      },
    },
    { name: 'Status', type: 'string', cell: podStatus },
    {
      name: 'Restarts',
      type: 'string',
      cell: pod =>
        String(
          objectsAt(pod, 'status', 'containerStatuses').reduce(
            (sum, one) => sum + Number(one.restartCount ?? 0),
            0,
          ),
        ),
    },
    AGE,
  ],
  services: [
    NAME,
    text('Type', 'spec', 'type'),
    text('Cluster-IP', 'spec', 'clusterIP'),
    { name: 'External-IP', type: 'string', cell: () => '<none>' },
    {
      name: 'Port(s)',
      type: 'string',
      cell: one =>
        objectsAt(one, 'spec', 'ports')
          .map(port => `${String(port.port)}/${String(port.protocol)}`)
          .join(',') || '<none>',
    },
    AGE,
  ],
  configmaps: [
    NAME,
    {
      name: 'Data',
      type: 'string',
      cell: one => Object.keys(objectAt(one, 'data') ?? {}).length,
    },
    AGE,
  ],
  secrets: [
    NAME,
    text('Type', 'type'),
    {
      name: 'Data',
      type: 'string',
      cell: one => Object.keys(objectAt(one, 'data') ?? {}).length,
    },
    AGE,
  ],
  'deployments.apps': [
    NAME,
    {
      name: 'Ready',
      type: 'string',
      cell: one =>
        `${numberAt(one, 'status', 'readyReplicas') ?? 0}/${numberAt(one, 'spec', 'replicas') ?? 0}`,
    },
    count('Up-to-date', 'status', 'updatedReplicas'),
    count('Available', 'status', 'availableReplicas'),
    AGE,
  ],
  'replicasets.apps': [
    NAME,
    count('Desired', 'spec', 'replicas'),
    count('Current', 'status', 'replicas'),
    count('Ready', 'status', 'readyReplicas'),
    AGE,
  ],
  'statefulsets.apps': [
    NAME,
    {
      name: 'Ready',
      type: 'string',
      cell: one =>
        `${numberAt(one, 'status', 'readyReplicas') ?? 0}/${numberAt(one, 'spec', 'replicas') ?? 0}`,
    },
    AGE,
  ],
  persistentvolumeclaims: [
    NAME,
    text('Status', 'status', 'phase'),
    text('Volume', 'spec', 'volumeName'),
    text('Capacity', 'status', 'capacity', 'storage'),
    AGE,
  ],
  events: [
    {
      name: 'Last Seen',
      type: 'string',
      cell: (one, now) => age(stringAt(one, 'lastTimestamp'), now),
    },
    text('Type', 'type'),
    text('Reason', 'reason'),
    {
      name: 'Object',
      type: 'string',
      cell: one =>
        `${stringAt(one, 'involvedObject', 'kind')?.toLowerCase()}/${stringAt(one, 'involvedObject', 'name')}`,
    },
    text('Message', 'message'),
  ],
  'cronjobs.batch': [
    NAME,
    text('Schedule', 'spec', 'schedule'),
    text('Suspend', 'spec', 'suspend'),
    AGE,
  ],
  'jobs.batch': [
    NAME,
    {
      name: 'Completions',
      type: 'string',
      cell: one =>
        `${numberAt(one, 'status', 'succeeded') ?? 0}/${numberAt(one, 'spec', 'completions') ?? 1}`,
    },
    AGE,
  ],
  'customresourcedefinitions.apiextensions.k8s.io': [
    NAME,
    {
      name: 'Created At',
      type: 'date',
      cell: one => one.metadata.creationTimestamp,
    },
  ],
};

/** The plain part of Kubernetes' JSON paths: names, `['quoted']`, `[0]`, `[?(@.type=="Ready")]`. */
export function jsonPath(object: unknown, path: string): unknown {
  let current: unknown = object;
  const steps =
    path.match(/\[\?\(@\.[^)]+\)\]|\[[^\]]+\]|[^.[\]]+(?:\\\.[^.[\]]+)*/g) ??
    [];
  for (const step of steps) {
    const filter = /^\[\?\(@\.([\w.]+)\s*==\s*["']([^"']*)["']\)\]$/.exec(step);
    if (filter) {
      current = Array.isArray(current)
        ? current.find(
            one => String(at(one, ...filter[1].split('.'))) === filter[2],
          )
        : undefined;
    } else {
      const key = step.replace(/^\[["']?|["']?\]$/g, '').replace(/\\\./g, '.');
      current = at(current, Array.isArray(current) ? Number(key) : key);
    }
  }
  return current;
}

function custom(column: Column): ColumnOf {
  return {
    name: column.name,
    type: column.type,
    cell: (object, now) => {
      const found = jsonPath(object, column.jsonPath);
      if (column.type === 'date')
        return typeof found === 'string' ? age(found, now) : '<unknown>';
      if (isObject(found) || Array.isArray(found)) return JSON.stringify(found);
      return found ?? null;
    },
  };
}

export function columnsOf(kind: ResourceKind): ColumnOf[] {
  if (!kind.custom) return COLUMNS[resourceName(kind)] ?? [NAME, AGE];
  return kind.columns?.length
    ? [NAME, ...kind.columns.map(custom)]
    : [NAME, AGE];
}

export function toTable(
  kind: ResourceKind,
  objects: KubeObject[],
  metadata: JsonObject,
  include: string | null,
  now: Date,
  headers = true,
): JsonObject {
  const columns = columnsOf(kind);
  const part = (object: KubeObject) => {
    if (include === 'None') return undefined;
    return include === 'Object' ? object : partial(object);
  };
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: headers
      ? columns.map(({ name, type }) => ({
          name,
          type,
          format: name === 'Name' ? 'name' : '',
          description: '',
          priority: kind.columns?.find(one => one.name === name)?.priority ?? 0,
        }))
      : null,
    rows: objects.map(object => ({
      cells: columns.map(one => one.cell(object, now)),
      object: part(object),
    })),
  };
}

export function partial(object: KubeObject): JsonObject {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: object.metadata,
  };
}
