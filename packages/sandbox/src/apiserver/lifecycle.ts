import { randomInt, randomUUID } from 'node:crypto';
import { JsonObject, equal, isObject, objectAt, objectsAt } from './json';
import { ResourceKind, apiVersion, resourceName } from './kinds';
import { Store } from './store';
import { KubeObject, timestamp } from './types';

/** The metadata and status that belong to the API server, not to the writer. */

const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** Kubernetes' name generator: five letters, no vowels. */
export function generatedName(prefix: string): string {
  let suffix = '';
  for (let count = 0; count < 5; count += 1)
    suffix += SUFFIX_LETTERS[randomInt(SUFFIX_LETTERS.length)];
  return `${prefix.slice(0, 63 - 5)}${suffix}`;
}

export function qosClass(spec: JsonObject): string {
  const resources = [
    ...objectsAt(spec, 'containers'),
    ...objectsAt(spec, 'initContainers'),
  ].map(one => objectAt(one, 'resources') ?? {});
  const named = (one: JsonObject, list: string) => {
    const found = objectAt(one, list) ?? {};
    return Object.fromEntries(
      Object.entries(found).filter(
        ([key]) => key === 'cpu' || key === 'memory',
      ),
    );
  };
  if (
    resources.every(
      one =>
        !Object.keys(named(one, 'limits')).length &&
        !Object.keys(named(one, 'requests')).length,
    )
  ) {
    return 'BestEffort';
  }
  const guaranteed = resources.every(one => {
    const limits = named(one, 'limits');
    return (
      Object.keys(limits).length === 2 &&
      equal(limits, { ...limits, ...named(one, 'requests') })
    );
  });
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

/** Service addresses are handed out from this range, as a cluster's `--service-cluster-ip-range` would. */
function freeClusterIp(store: Store): string {
  const taken = new Set(
    store.list('services').map(one => objectAt(one, 'spec')?.clusterIP),
  );
  for (let number = 10; number < 65_000; number += 1) {
    const address = `10.96.${number >> 8}.${number & 255}`;
    if (!taken.has(address)) return address;
  }
  throw new Error('no free service address');
}

const FIRST_STATUS: Record<string, (object: KubeObject) => JsonObject> = {
  namespaces: () => ({ phase: 'Active' }),
  pods: object => ({
    phase: 'Pending',
    qosClass: qosClass(objectAt(object, 'spec') ?? {}),
  }),
  persistentvolumeclaims: () => ({ phase: 'Pending' }),
  services: () => ({ loadBalancer: {} }),
  'horizontalpodautoscalers.autoscaling': () => ({ desiredReplicas: 0 }),
  'statefulsets.apps': () => ({ replicas: 0, availableReplicas: 0 }),
  'replicasets.apps': () => ({ replicas: 0 }),
  'ingresses.networking.k8s.io': () => ({ loadBalancer: {} }),
};

/** Ties a Job to its Pods by labels that no other Job has. */
function selectJob(job: KubeObject): void {
  const spec = objectAt(job, 'spec');
  const template = objectAt(spec, 'template');
  if (!spec || !template || spec.manualSelector === true) return;
  const { uid, name } = job.metadata;
  const own = {
    'controller-uid': uid,
    'job-name': name,
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
  };
  const metadata = objectAt(template, 'metadata') ?? {};
  template.metadata = {
    ...metadata,
    labels: { ...objectAt(metadata, 'labels'), ...own },
  };
  spec.manualSelector = false;
  spec.selector = {
    matchLabels: { 'batch.kubernetes.io/controller-uid': uid },
  };
  job.metadata.labels ??= objectAt(template, 'metadata', 'labels') as Record<
    string,
    string
  >;
}

/** Gives a new object its identity; whatever the writer sent for these fields doesn't count. */
export function birth(
  kind: ResourceKind,
  object: KubeObject,
  store: Store,
  now: Date,
): void {
  const { metadata } = object;
  metadata.uid = randomUUID();
  metadata.creationTimestamp = timestamp(now);
  delete metadata.resourceVersion;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  if (kind.generation) metadata.generation = 1;
  else delete metadata.generation;
  if (kind.status) {
    delete object.status;
    if (!kind.custom)
      object.status = FIRST_STATUS[resourceName(kind)]?.(object) ?? {};
  }
  if (resourceName(kind) === 'jobs.batch') selectJob(object);
  if (resourceName(kind) !== 'services' || !isObject(object.spec)) return;
  if (object.spec.type !== 'ExternalName')
    object.spec.clusterIP ??= freeClusterIp(store);
  if (object.spec.clusterIP) object.spec.clusterIPs ??= [object.spec.clusterIP];
}

/** Keeps what a writer can't change, and what this way of writing leaves alone. */
export function carryOver(
  kind: ResourceKind,
  live: KubeObject,
  next: KubeObject,
  subresource?: string,
): KubeObject {
  let result = next;
  if (subresource === 'status') {
    const { status, ...rest } = live;
    const metadata = {
      ...live.metadata,
      managedFields: next.metadata.managedFields,
    };
    result = {
      ...rest,
      metadata,
      ...(next.status === undefined ? {} : { status: next.status }),
    };
  } else if (kind.status) {
    const { status, ...rest } = next;
    result = {
      ...rest,
      ...(live.status === undefined ? {} : { status: live.status }),
    } as KubeObject;
  }
  const { metadata } = result;
  result.apiVersion = apiVersion(kind);
  for (const key of [
    'name',
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generation',
    'generateName',
  ] as const) {
    if (live.metadata[key] === undefined) delete metadata[key];
    else Object.assign(metadata, { [key]: live.metadata[key] });
  }
  const spec = objectAt(result, 'spec');
  const old = objectAt(live, 'spec');
  if (
    resourceName(kind) === 'services' &&
    spec &&
    old &&
    spec.type !== 'ExternalName'
  ) {
    spec.clusterIP ??= old.clusterIP;
    spec.clusterIPs ??= old.clusterIPs;
  }
  if (resourceName(kind) === 'jobs.batch' && spec && old) {
    spec.selector ??= old.selector;
    spec.manualSelector ??= old.manualSelector;
    const labels = objectAt(old, 'template', 'metadata', 'labels');
    const pods = objectAt(spec, 'template', 'metadata');
    // Who applies the template again doesn't know the labels that were added to it.
    if (pods) pods.labels = { ...labels, ...objectAt(pods, 'labels') };
  }
  return result;
}

/** Counts up the generation when what is desired changed. */
export function countGeneration(
  kind: ResourceKind,
  live: KubeObject,
  next: KubeObject,
): void {
  if (!kind.generation) return;
  const desired = (object: KubeObject): unknown => {
    if (!kind.custom) return object.spec;
    const { metadata, apiVersion: _, kind: __, status, ...rest } = object;
    return kind.status ? rest : { ...rest, status };
  };
  if (!equal(desired(live), desired(next)))
    next.metadata.generation = (live.metadata.generation ?? 0) + 1;
}

/** Whether a write changes nothing: then nothing is written and the resourceVersion stays. */
export function unchanged(live: KubeObject, next: KubeObject): boolean {
  const comparable = (object: KubeObject) => ({
    ...object,
    metadata: {
      ...object.metadata,
      resourceVersion: '',
      managedFields: object.metadata.managedFields?.map(
        ({ time, ...entry }) => entry,
      ),
    },
  });
  return equal(comparable(live), comparable(next));
}
