import { gone } from './status';
import { KubeObject } from './types';

export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** `plural.group`, or `plural` of the core group. */
  resource: string;
  object: KubeObject;
  previous?: KubeObject;
  revision: number;
}

/** Everything that survives a restart. */
export interface Snapshot {
  revision: number;
  resources: Record<string, KubeObject[]>;
}

type Listener = (event: StoreEvent) => void;

/** How many changes are remembered: as far back as a watch or a paged list may resume before it gets 410 Gone. */
const HISTORY = 5000;

export function objectKey(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

/**
 * The objects of one cluster: one revision counter, a bounded log of changes, listeners in the order of the changes.
 * Objects are never changed in place; whoever changes one puts a new object.
 */
export class Store {
  private readonly tables = new Map<string, Map<string, KubeObject>>();
  private readonly listeners = new Set<Listener>();
  private readonly backlog: StoreEvent[] = [];
  private delivering = false;
  private log: StoreEvent[] = [];
  private current = 1;
  private oldest = 1;

  constructor(private readonly history = HISTORY) {}

  get revision(): number {
    return this.current;
  }

  get(
    resource: string,
    namespace: string | undefined,
    name: string,
  ): KubeObject | undefined {
    return this.tables.get(resource)?.get(objectKey(namespace, name));
  }

  /** Objects in the order of their keys; with a revision the objects as they were then. */
  list(resource: string, namespace?: string, revision?: number): KubeObject[] {
    let table = this.tables.get(resource) ?? new Map<string, KubeObject>();
    if (revision !== undefined && revision < this.current)
      table = this.tableAt(resource, table, revision);
    const prefix = namespace ? `${namespace}/` : '';
    const keys = [...table.keys()].filter(key => key.startsWith(prefix)).sort();
    return keys.map(key => table.get(key)!);
  }

  resources(): string[] {
    return [...this.tables.keys()];
  }

  put(resource: string, object: KubeObject): KubeObject {
    let table = this.tables.get(resource);
    if (!table) {
      table = new Map();
      this.tables.set(resource, table);
    }
    const key = objectKey(object.metadata.namespace, object.metadata.name);
    const previous = table.get(key);
    const stored = this.stamp(object);
    table.set(key, stored);
    this.record({
      type: previous ? 'MODIFIED' : 'ADDED',
      resource,
      object: stored,
      previous,
      revision: this.current,
    });
    return stored;
  }

  remove(
    resource: string,
    namespace: string | undefined,
    name: string,
  ): KubeObject | undefined {
    const table = this.tables.get(resource);
    const previous = table?.get(objectKey(namespace, name));
    if (!table || !previous) return undefined;
    table.delete(objectKey(namespace, name));
    const stored = this.stamp(previous);
    this.record({
      type: 'DELETED',
      resource,
      object: stored,
      previous,
      revision: this.current,
    });
    return stored;
  }

  /** Changes after a revision, oldest first. Fails with 410 when the log doesn't reach back that far. */
  since(revision: number): StoreEvent[] {
    if (revision < this.oldest - 1)
      throw gone(`too old resource version: ${revision} (${this.oldest})`);
    return this.log.filter(event => event.revision > revision);
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  snapshot(): Snapshot {
    const resources: Snapshot['resources'] = {};
    for (const [resource, table] of this.tables)
      if (table.size) resources[resource] = [...table.values()];
    return { revision: this.current, resources };
  }

  /** Takes over a snapshot; watches from before it get 410. */
  restore(snapshot: Snapshot): void {
    this.tables.clear();
    for (const [resource, objects] of Object.entries(snapshot.resources)) {
      const entries = objects.map(
        one =>
          [objectKey(one.metadata.namespace, one.metadata.name), one] as const,
      );
      this.tables.set(resource, new Map(entries));
    }
    this.forget(snapshot.revision);
  }

  /** Empties everything; revisions go on counting, so that no client mistakes the new world for the old one. */
  clear(): void {
    this.tables.clear();
    this.forget(this.current + 1);
  }

  private forget(revision: number): void {
    this.current = revision;
    this.oldest = revision + 1;
    this.log = [];
  }

  private stamp(object: KubeObject): KubeObject {
    this.current += 1;
    return {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.current) },
    };
  }

  private tableAt(
    resource: string,
    table: Map<string, KubeObject>,
    revision: number,
  ): Map<string, KubeObject> {
    const past = new Map(table);
    for (const event of this.since(revision).reverse()) {
      if (event.resource !== resource) continue;
      const key = objectKey(
        event.object.metadata.namespace,
        event.object.metadata.name,
      );
      if (event.previous) past.set(key, event.previous);
      else past.delete(key);
    }
    return past;
  }

  /** A listener may write; what it writes is told after the present change was told to everybody. */
  private record(event: StoreEvent): void {
    this.log.push(event);
    if (this.log.length > this.history * 1.25) {
      this.log = this.log.slice(-this.history);
      this.oldest = this.log[0].revision;
    }
    this.backlog.push(event);
    if (this.delivering) return;
    this.delivering = true;
    try {
      for (let next = this.backlog.shift(); next; next = this.backlog.shift()) {
        for (const listener of [...this.listeners]) listener(next);
      }
    } finally {
      this.delivering = false;
    }
  }
}
