import { placeOf } from './EventStore';

/** Which environments have objects in which namespace of which cluster; only what is there is remembered. */
export class Namespaces {
  private readonly objects = new Map<
    string,
    { key: string; cluster: string; namespace: string }
  >();
  /** Place → key → how many objects of it are there. */
  private readonly byPlace = new Map<string, Map<string, number>>();
  private readonly byKey = new Map<string, Map<string, number>>();

  add(id: string, key: string, cluster: string, namespace: string): void {
    const known = this.objects.get(id);
    if (known?.key === key && known.namespace === namespace) return;
    if (known) this.remove(id);
    // What belongs to a service as a whole may be anywhere, beside others.
    if (namespace === '' || key.split('/').length !== 3) return;
    this.objects.set(id, { key, cluster, namespace });
    const place = placeOf(cluster, namespace);
    count(this.byPlace, place, key, 1);
    count(this.byKey, key, place, 1);
  }

  remove(id: string): void {
    const known = this.objects.get(id);
    if (!known) return;
    this.objects.delete(id);
    const place = placeOf(known.cluster, known.namespace);
    count(this.byPlace, place, known.key, -1);
    count(this.byKey, known.key, place, -1);
  }

  /** How many objects and places are remembered. */
  get size(): number {
    return this.objects.size + this.byPlace.size + this.byKey.size;
  }

  keys(place: string): string[] {
    return [...(this.byPlace.get(place)?.keys() ?? [])];
  }

  of(key: string): Array<{ cluster: string; namespace: string }> {
    return [...(this.byKey.get(key)?.keys() ?? [])].map(place => {
      // The name of a namespace has no space; that of a cluster may.
      const at = place.lastIndexOf(' ');
      return { cluster: place.slice(0, at), namespace: place.slice(at + 1) };
    });
  }
}

function count(
  index: Map<string, Map<string, number>>,
  outer: string,
  inner: string,
  by: 1 | -1,
): void {
  const counts = index.get(outer) ?? new Map<string, number>();
  const left = (counts.get(inner) ?? 0) + by;
  if (left > 0) counts.set(inner, left);
  else counts.delete(inner);
  if (counts.size > 0) index.set(outer, counts);
  else index.delete(outer);
}
