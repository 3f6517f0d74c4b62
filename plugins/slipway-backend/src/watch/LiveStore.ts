import type { JsonObject } from '@backstage/types';
import type { LiveItem, LiveKind } from '@slipway/plugin-slipway-node';
import { ownerOf, trimApplication, trimObject } from '../domain/live/trim';
import type { LiveApplication, LiveObject, Owner } from '../domain/live/types';
import { trimEvent, type LiveEvent } from '../domain/live/events';
import type { KubernetesObject } from '../ports/Clusters';
import { EventStore, placeOf } from './EventStore';
import { Namespaces } from './Namespaces';
import { APPLICATION, EVENT } from './selections';

/** So many words are shared. */
const MAX_WORDS = 10_000;

/** Of one environment, or of one service as a whole. */
interface Bucket {
  applications: Map<
    string,
    { cluster: string; destination?: string; value: LiveApplication }
  >;
  objects: Map<string, { cluster: string; value: LiveObject }>;
  /** Of the kinds that engines contribute. */
  items: Map<string, { cluster: string; kind: string; value: JsonObject }>;
}

/** What {@link LiveStore} knows under one key. */
export interface Found {
  applications: Array<{
    cluster: string;
    destination?: string;
    value: LiveApplication;
  }>;
  objects: Array<{ cluster: string; value: LiveObject }>;
  items: Array<{ cluster: string; kind: string; value: JsonObject }>;
  /** Warnings about anything in its namespaces, newest first. */
  events: Array<{ cluster: string; value: LiveEvent }>;
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
  private readonly events = new EventStore();
  private readonly namespaces = new Namespaces();
  private readonly kinds: Map<string, LiveKind>;

  constructor(
    private readonly destinationOf: (
      application: KubernetesObject,
      hub: string,
    ) => string | undefined,
    kinds: LiveKind[] = [],
    /** After so long without a comparison Argo CD may have been called silent. */
    private readonly silentAfterMs = Infinity,
  ) {
    this.kinds = new Map(kinds.map(kind => [nameOf(kind), kind]));
  }

  /** Keys of environments and services (`<org>/<service>`) that look different now. */
  upsert(cluster: string, object: KubernetesObject): string[] {
    if (is(object, EVENT)) return this.warned(cluster, object);
    const id = idOf(cluster, object.metadata.uid ?? '');
    const kind = this.kinds.get(nameOf(object));
    const item = kind?.trim(object);
    const owner = kind ? item?.owner : shown(object) && ownerOf(object);
    const key = owner ? keyOf(owner) : undefined;
    const before = this.places.get(id);
    const left = before !== undefined && before !== key ? this.drop(id) : [];
    if (key === undefined) return left;
    this.places.set(id, key);
    const changed = this.put(key, id, cluster, object, item);
    return changed ? [...left, key] : left;
  }

  remove(cluster: string, uid: string): string[] {
    const place = this.events.remove(cluster, uid);
    if (place !== undefined) return this.namespaces.keys(place);
    return this.drop(idOf(cluster, uid));
  }

  find(key: string): Found {
    const bucket = this.buckets.get(key);
    return {
      applications: [...(bucket?.applications.values() ?? [])],
      objects: [...(bucket?.objects.values() ?? [])],
      items: [...(bucket?.items.values() ?? [])],
      events: this.namespaces
        .of(key)
        .flatMap(({ cluster, namespace }) =>
          this.events
            .find(cluster, namespace)
            .map(value => ({ cluster, value })),
        ),
    };
  }

  /** Everything that is shown of a key, in an order that doesn't depend on when it was seen. */
  shown(key: string): unknown {
    const bucket = this.buckets.get(key);
    const maps = bucket ? mapsOf(bucket) : [];
    return [
      ...maps.map(map =>
        [...map]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, entry]) => withoutComparisonTime(entry)),
      ),
      this.find(key).events.map(({ value }) => [value.uid, value.count]),
    ];
  }

  /** How much is kept, for those who watch that it does not grow. */
  size(): {
    buckets: number;
    objects: number;
    events: number;
    namespaces: number;
    words: number;
  } {
    return {
      buckets: this.buckets.size,
      objects: this.places.size,
      events: this.events.size,
      namespaces: this.namespaces.size,
      words: this.words.size,
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
        mapsOf(bucket).some(map => [...map.values()].some(on)),
      )
      .map(([key]) => key);
  }

  /** Events tell by their namespace whom they concern. */
  private warned(cluster: string, object: KubernetesObject): string[] {
    const event = trimEvent(object);
    if (!event || !this.events.put(cluster, event)) return [];
    return this.namespaces.keys(placeOf(cluster, event.namespace));
  }

  private put(
    key: string,
    id: string,
    cluster: string,
    object: KubernetesObject,
    item: LiveItem | undefined,
  ): boolean {
    let bucket = this.buckets.get(key);
    if (!bucket) {
      bucket = {
        applications: new Map(),
        objects: new Map(),
        items: new Map(),
      };
      this.buckets.set(key, bucket);
    }
    if (item) {
      const { value } = item;
      return replace(bucket.items, id, {
        cluster,
        kind: nameOf(object),
        value,
      });
    }
    if (is(object, APPLICATION)) {
      const destination = this.destinationOf(object, cluster);
      const value = trimApplication(object);
      const before = bucket.applications.get(id)?.value;
      const back = pauseBefore(before, value) > this.silentAfterMs;
      const changed = replace(
        bucket.applications,
        id,
        { cluster, destination, value },
        withoutComparisonTime,
      );
      return changed || back;
    }
    const value = this.shared(trimObject(object));
    this.namespaces.add(id, key, cluster, namespaceOf(value));
    return replace(bucket.objects, id, { cluster, value });
  }

  private drop(id: string): string[] {
    const key = this.places.get(id);
    if (key === undefined) return [];
    this.places.delete(id);
    this.namespaces.remove(id);
    const bucket = this.buckets.get(key)!;
    const maps = mapsOf(bucket);
    const gone = maps.map(map => map.delete(id)).some(Boolean);
    if (maps.every(map => map.size === 0)) this.buckets.delete(key);
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
    // Namespaces come and go; starting anew costs a little sharing and keeps this from growing for ever.
    if (this.words.size >= MAX_WORDS) this.words.clear();
    this.words.set(text, text);
    return text;
  }
}

function mapsOf(
  bucket: Bucket,
): Array<Map<string, { cluster: string; value: object }>> {
  return [bucket.applications, bucket.objects, bucket.items];
}

/** A Namespace is where it says itself. */
function namespaceOf({ kind, name, namespace }: LiveObject): string {
  return kind === 'Namespace' ? name : (namespace ?? '');
}

function nameOf({
  apiVersion,
  kind,
}: {
  apiVersion: string;
  kind: string;
}): string {
  return `${apiVersion}/${kind}`;
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

/** How long Argo CD had not compared before it did again. */
function pauseBefore(
  before: LiveApplication | undefined,
  { reconciledAt }: LiveApplication,
): number {
  if (before?.reconciledAt === undefined || reconciledAt === undefined)
    return 0;
  return Date.parse(reconciledAt) - Date.parse(before.reconciledAt);
}

/** Argo CD compares every few minutes; that alone is no news. */
function withoutComparisonTime(entry: { value?: object }): object {
  return { ...entry, value: { ...entry.value, reconciledAt: undefined } };
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
