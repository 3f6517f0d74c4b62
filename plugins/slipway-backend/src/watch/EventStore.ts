import type { LiveEvent } from '../domain/live/events';

/** So many of a namespace are kept, the newest; one that fails a hundred times a minute must not fill the memory. */
const PER_NAMESPACE = 20;

/** So many in all; the namespace that was quiet longest is forgotten first. */
const IN_ALL = 10_000;

/**
 * Warnings by cluster and namespace, bounded. They carry no label of ours, and may come before anything else of their
 * namespace is known, so they wait here under the name of the namespace.
 */
export class EventStore {
  /** In the order in which they were heard of last, for forgetting. */
  private readonly namespaces = new Map<string, Map<string, LiveEvent>>();
  private readonly places = new Map<string, string>();

  get size(): number {
    return this.places.size;
  }

  /** Whether anything that is shown is different now. */
  put(cluster: string, event: LiveEvent): boolean {
    const place = placeOf(cluster, event.namespace);
    const id = `${cluster} ${event.uid}`;
    const events = this.namespaces.get(place) ?? new Map<string, LiveEvent>();
    this.namespaces.delete(place);
    this.namespaces.set(place, events);
    events.set(id, event);
    this.places.set(id, place);
    if (events.size > PER_NAMESPACE) {
      const oldest = oldestOf(events);
      this.drop(oldest);
      if (oldest === id) return false;
    }
    while (this.places.size > IN_ALL) {
      const [, quiet] = this.namespaces.entries().next().value!;
      for (const known of quiet.keys()) this.drop(known);
    }
    return true;
  }

  /** The place of the event that is gone, or undefined when it wasn't kept. */
  remove(cluster: string, uid: string): string | undefined {
    return this.drop(`${cluster} ${uid}`);
  }

  /** Newest first. */
  find(cluster: string, namespace: string): LiveEvent[] {
    return [
      ...(this.namespaces.get(placeOf(cluster, namespace))?.values() ?? []),
    ].sort(newestFirst);
  }

  private drop(id: string): string | undefined {
    const place = this.places.get(id);
    if (place === undefined) return undefined;
    this.places.delete(id);
    const events = this.namespaces.get(place)!;
    events.delete(id);
    if (events.size === 0) this.namespaces.delete(place);
    return place;
  }
}

/** How {@link EventStore} and its callers name a namespace of a cluster. */
export function placeOf(cluster: string, namespace: string): string {
  return `${cluster} ${namespace}`;
}

function newestFirst(a: LiveEvent, b: LiveEvent): number {
  return (b.lastSeen ?? '').localeCompare(a.lastSeen ?? '');
}

function oldestOf(events: Map<string, LiveEvent>): string {
  let oldest: [string, LiveEvent] | undefined;
  for (const entry of events)
    if (!oldest || newestFirst(oldest[1], entry[1]) < 0) oldest = entry;
  return oldest![0];
}
