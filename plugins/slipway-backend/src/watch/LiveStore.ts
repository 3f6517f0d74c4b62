import {
  ownerOf,
  trimApplication,
  trimObject,
  trimPipelineRun,
} from '../domain/live/trim';
import type {
  LiveApplication,
  LiveObject,
  LivePipelineRun,
  Owner,
} from '../domain/live/types';
import type { KubernetesObject } from '../ports/Clusters';
import { APPLICATION, PIPELINE_RUN } from './selections';

/** Of one environment or, for pipelines, of one service. */
interface Bucket {
  applications: Map<
    string,
    { cluster: string; destination?: string; value: LiveApplication }
  >;
  objects: Map<string, { cluster: string; value: LiveObject }>;
  pipelines: Map<string, { cluster: string; value: LivePipelineRun }>;
}

/** What {@link LiveStore} knows under one key. */
export interface Found {
  applications: Array<{
    cluster: string;
    destination?: string;
    value: LiveApplication;
  }>;
  objects: Array<{ cluster: string; value: LiveObject }>;
  pipelines: Array<{ cluster: string; value: LivePipelineRun }>;
}

/**
 * Trimmed objects by environment. Plain memory: no clock, no network. Tells whether a change can be seen, so that
 * nobody is woken for a new resourceVersion alone.
 */
export class LiveStore {
  private readonly buckets = new Map<string, Bucket>();
  /** Where the object of a uid is, since a deletion or a lost label says only that. */
  private readonly places = new Map<string, string>();
  private readonly words = new Map<string, string>();

  constructor(
    private readonly destinationOf: (
      application: KubernetesObject,
      hub: string,
    ) => string | undefined,
  ) {}

  /** Keys of environments and services (`<org>/<service>`) that look different now. */
  upsert(cluster: string, object: KubernetesObject): string[] {
    const id = idOf(cluster, object.metadata.uid ?? '');
    const owner = shown(object) ? ownerOf(object) : undefined;
    const key = owner && keyOf(owner);
    const before = this.places.get(id);
    const left = before !== undefined && before !== key ? this.drop(id) : [];
    if (key === undefined) return left;
    this.places.set(id, key);
    return this.put(key, id, cluster, object) ? [...left, key] : left;
  }

  remove(cluster: string, uid: string): string[] {
    return this.drop(idOf(cluster, uid));
  }

  find(key: string): Found {
    const bucket = this.buckets.get(key);
    return {
      applications: [...(bucket?.applications.values() ?? [])],
      objects: [...(bucket?.objects.values() ?? [])],
      pipelines: [...(bucket?.pipelines.values() ?? [])],
    };
  }

  /** The environments of a service that anything is known of. */
  environmentsOf(service: string): string[] {
    return [...this.buckets.keys()].filter(key =>
      key.startsWith(`${service}/`),
    );
  }

  /** Keys with anything on these clusters. */
  keysOn(clusters: string[]): string[] {
    const on = ({ cluster }: { cluster: string }) => clusters.includes(cluster);
    return [...this.buckets]
      .filter(([, bucket]) =>
        [bucket.applications, bucket.objects, bucket.pipelines].some(map =>
          [...map.values()].some(on),
        ),
      )
      .map(([key]) => key);
  }

  private put(
    key: string,
    id: string,
    cluster: string,
    object: KubernetesObject,
  ): boolean {
    let bucket = this.buckets.get(key);
    if (!bucket) {
      bucket = {
        applications: new Map(),
        objects: new Map(),
        pipelines: new Map(),
      };
      this.buckets.set(key, bucket);
    }
    if (is(object, APPLICATION)) {
      const destination = this.destinationOf(object, cluster);
      const value = trimApplication(object);
      return replace(
        bucket.applications,
        id,
        { cluster, destination, value },
        withoutComparisonTime,
      );
    }
    if (is(object, PIPELINE_RUN)) {
      return replace(bucket.pipelines, id, {
        cluster,
        value: trimPipelineRun(object),
      });
    }
    return replace(bucket.objects, id, {
      cluster,
      value: this.shared(trimObject(object)),
    });
  }

  private drop(id: string): string[] {
    const key = this.places.get(id);
    if (key === undefined) return [];
    this.places.delete(id);
    const bucket = this.buckets.get(key)!;
    const gone = [bucket.applications, bucket.objects, bucket.pipelines]
      .map(map => map.delete(id))
      .some(Boolean);
    if (
      bucket.applications.size + bucket.objects.size + bucket.pipelines.size ===
      0
    )
      this.buckets.delete(key);
    return gone ? [key] : [];
  }

  /** Thousands of objects share a few kinds and namespaces; each word is kept once. */
  private shared(object: LiveObject): LiveObject {
    const { apiVersion, kind, namespace } = object;
    return {
      ...object,
      apiVersion: this.word(apiVersion),
      kind: this.word(kind),
      ...(namespace !== undefined && { namespace: this.word(namespace) }),
    };
  }

  private word(text: string): string {
    const known = this.words.get(text);
    if (known !== undefined) return known;
    this.words.set(text, text);
    return text;
  }
}

/** The ReplicaSets of former revisions say nothing about what runs. */
function shown(object: KubernetesObject): boolean {
  return (
    object.kind !== 'ReplicaSet' ||
    (object.spec as { replicas?: number } | undefined)?.replicas !== 0
  );
}

function replace<T>(
  map: Map<string, T>,
  id: string,
  value: T,
  visible: (value: T) => unknown = v => v,
): boolean {
  const before = map.get(id);
  map.set(id, value);
  return (
    before === undefined ||
    JSON.stringify(visible(before)) !== JSON.stringify(visible(value))
  );
}

/** Argo CD compares every few minutes; that alone is no news. */
function withoutComparisonTime({
  value,
  ...rest
}: {
  value: LiveApplication;
}): object {
  return { ...rest, value: { ...value, reconciledAt: undefined } };
}

function is(
  object: KubernetesObject,
  { apiVersion, kind }: { apiVersion: string; kind: string },
): boolean {
  return object.kind === kind && object.apiVersion === apiVersion;
}

function idOf(cluster: string, uid: string): string {
  return `${cluster} ${uid}`;
}

function keyOf({ organization, service, environment }: Owner): string {
  return environment === undefined
    ? `${organization}/${service}`
    : `${organization}/${service}/${environment}`;
}
