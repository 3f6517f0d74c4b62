import {
  JsonObject,
  at,
  clone,
  equal,
  isObject,
  listAt,
  objectsAt,
} from '../../apiserver/json';
import { ResourceKind, resourceName } from '../../apiserver/kinds';
import { ApiError } from '../../apiserver/status';
import { KubeObject } from '../../apiserver/types';
import { ClusterClient } from '../client';
import { Health, healthOf } from './health';
import { annotation } from './manifests';

export const TRACKING_ID = 'argocd.argoproj.io/tracking-id';
export const MANAGER = 'argocd-controller';

/** One object that an Application wants, has, or has too much. */
export interface Resource {
  kind?: ResourceKind;
  group: string;
  version: string;
  kindName: string;
  namespace?: string;
  name: string;
  target?: KubeObject;
  live?: KubeObject;
  synced: boolean;
  /** Why the target can't be compared: the API refuses it. */
  refused?: string;
  health?: Health;
}

export function splitApiVersion(apiVersion: string): {
  group: string;
  version: string;
} {
  const [group, version] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion];
  return { group, version };
}

function trackingId(
  app: KubeObject,
  group: string,
  kind: string,
  namespace: string | undefined,
  name: string,
): string {
  return `${app.metadata.name}:${group}/${kind}:${namespace ?? ''}/${name}`;
}

/** Whether an object was applied for this Application, by its tracking annotation. */
export function belongsTo(app: KubeObject, object: KubeObject): boolean {
  return annotation(object, TRACKING_ID)?.split(':')[0] === app.metadata.name;
}

/** What is compared: everything but bookkeeping, and without the fields that the Application says to ignore. */
function comparable(object: KubeObject, ignored: string[]): JsonObject {
  const { managedFields, resourceVersion, generation, ...metadata } = clone(
    object.metadata,
  );
  const { status, ...rest } = clone(object);
  const result: JsonObject = { ...rest, metadata };
  for (const pointer of ignored) {
    const steps = pointer
      .split('/')
      .slice(1)
      .map(one => one.replace(/~1/g, '/').replace(/~0/g, '~'));
    const last = steps.pop()!;
    let holder: unknown = result;
    for (const step of steps) {
      holder = at(holder, Array.isArray(holder) ? Number(step) : step);
    }
    if (isObject(holder)) delete holder[last];
  }
  return result;
}

function ignoredPointers(app: KubeObject, resource: Resource): string[] {
  return objectsAt(app, 'spec', 'ignoreDifferences')
    .filter(
      one =>
        (one.group ?? '') === resource.group &&
        one.kind === resource.kindName &&
        (!one.name || one.name === resource.name),
    )
    .flatMap(one => listAt(one, 'jsonPointers').map(String));
}

/** Lays what Git wants beside what the cluster has. */
export function compareAll(
  app: KubeObject,
  client: ClusterClient,
  namespace: string,
  targets: KubeObject[],
): Resource[] {
  const found = new Map<string, Resource>();
  for (const target of targets) {
    const resource = compareOne(app, client, namespace, target);
    found.set(resourceKey(resource), resource);
  }
  for (const kind of client.resources()) {
    if (kind.group === '' && kind.plural === 'events') continue;
    for (const live of client.list(resourceName(kind))) {
      if (!belongsTo(app, live)) continue;
      const { namespace: where, name } = live.metadata;
      const extra: Resource = {
        kind,
        group: kind.group,
        version: kind.version,
        kindName: kind.kind,
        namespace: where,
        name,
        live,
        synced: false,
      };
      // A copy that another controller made carries the annotation of the original; it isn't ours.
      if (
        annotation(live, TRACKING_ID) !==
        trackingId(app, kind.group, kind.kind, where, name)
      )
        continue;
      if (!found.has(resourceKey(extra))) found.set(resourceKey(extra), extra);
    }
  }
  return [...found.values()];
}

function resourceKey(one: Resource): string {
  return [one.group, one.kindName, one.namespace ?? '', one.name].join('/');
}

function compareOne(
  app: KubeObject,
  client: ClusterClient,
  namespace: string,
  manifest: KubeObject,
): Resource {
  const { group, version } = splitApiVersion(manifest.apiVersion);
  const kind = client.kindFor(manifest.apiVersion, manifest.kind);
  const where =
    kind && !kind.namespaced
      ? undefined
      : (manifest.metadata.namespace ?? namespace);
  const { name } = manifest.metadata;
  const tracked = {
    ...manifest.metadata.annotations,
    [TRACKING_ID]: trackingId(app, group, manifest.kind, where, name),
  };
  const target: KubeObject = {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      ...(where ? { namespace: where } : {}),
      annotations: tracked,
    },
  };
  const resource: Resource = {
    kind,
    group,
    version,
    kindName: manifest.kind,
    namespace: where,
    name,
    target,
    synced: false,
  };
  if (!kind) {
    resource.refused = `The Kubernetes API could not find ${group || 'core'}/${manifest.kind} for requested resource ${where ?? ''}/${name}. Make sure the "${manifest.kind}" CRD is installed on the destination cluster.`;
    return resource;
  }
  resource.live = client.get(resourceName(kind), where, name);
  if (!resource.live) return resource;
  resource.health = healthOf(resource.live, group);
  try {
    const wanted = client.apply(kind, where, target, MANAGER, true);
    const ignored = ignoredPointers(app, resource);
    resource.synced = equal(
      comparable(wanted, ignored),
      comparable(resource.live, ignored),
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    resource.refused = error.message;
  }
  return resource;
}
