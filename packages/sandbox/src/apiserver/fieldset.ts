import { JsonObject, isObject } from './json';

/**
 * A set of field paths as a tree. A path is a list of elements in the notation of `fieldsV1`: `f:name`,
 * `k:{"port":80}`, `v:"value"`. A node is a member of the set when `owned` is true; its children may be members without
 * it.
 */
export class FieldSet {
  owned = false;
  readonly children = new Map<string, FieldSet>();

  static fromJson(json: unknown): FieldSet {
    const set = new FieldSet();
    if (!isObject(json)) return set;
    const keys = Object.keys(json);
    for (const key of keys) {
      if (key === '.') {
        set.owned = true;
        continue;
      }
      const child = FieldSet.fromJson(json[key]);
      // An empty object is how fieldsV1 writes a member without children.
      if (isObject(json[key]) && Object.keys(json[key]).length === 0)
        child.owned = true;
      set.children.set(key, child);
    }
    return set;
  }

  static of(...paths: string[][]): FieldSet {
    const set = new FieldSet();
    for (const path of paths) set.insert(path);
    return set;
  }

  toJson(): JsonObject {
    const json: JsonObject = {};
    if (this.owned && this.children.size > 0) json['.'] = {};
    for (const key of [...this.children.keys()].sort())
      json[key] = this.children.get(key)!.toJson();
    return json;
  }

  insert(path: readonly string[]): void {
    const [first, ...rest] = path;
    if (first === undefined) {
      this.owned = true;
      return;
    }
    const next = this.children.get(first) ?? new FieldSet();
    this.children.set(first, next);
    next.insert(rest);
  }

  get isEmpty(): boolean {
    return (
      !this.owned && [...this.children.values()].every(child => child.isEmpty)
    );
  }

  union(other: FieldSet): FieldSet {
    return combine(this, other, (a, b) => a || b);
  }

  intersection(other: FieldSet): FieldSet {
    return combine(this, other, (a, b) => a && b);
  }

  difference(other: FieldSet): FieldSet {
    return combine(this, other, (a, b) => a && !b);
  }

  /** Like `difference`, but a member of `other` also takes everything below it. */
  without(other: FieldSet): FieldSet {
    const result = new FieldSet();
    result.owned = this.owned && !other.owned;
    for (const [key, child] of this.children) {
      const counterpart = other.children.get(key);
      if (counterpart?.owned) continue;
      const rest = counterpart ? child.without(counterpart) : child;
      if (!rest.isEmpty) result.children.set(key, rest);
    }
    return result;
  }

  equals(other: FieldSet): boolean {
    return this.difference(other).isEmpty && other.difference(this).isEmpty;
  }

  /** Every member's path: at each level the members, then what is below them. */
  *paths(prefix: string[] = []): Generator<string[]> {
    if (this.owned && !prefix.length) yield prefix;
    const children = [...this.children].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [key, child] of children)
      if (child.owned) yield [...prefix, key];
    for (const [key, child] of children) yield* child.paths([...prefix, key]);
  }
}

const EMPTY = new FieldSet();

function combine(
  a: FieldSet,
  b: FieldSet,
  owns: (a: boolean, b: boolean) => boolean,
): FieldSet {
  const result = new FieldSet();
  result.owned = owns(a.owned, b.owned);
  for (const key of new Set([...a.children.keys(), ...b.children.keys()])) {
    const child = combine(
      a.children.get(key) ?? EMPTY,
      b.children.get(key) ?? EMPTY,
      owns,
    );
    if (!child.isEmpty) result.children.set(key, child);
  }
  return result;
}

/** A path in the words of Kubernetes' messages: `.spec.ports[port=80,protocol="TCP"].name`. */
export function describePath(path: readonly string[]): string {
  return path
    .map(element => {
      const rest = element.slice(2);
      if (element.startsWith('f:')) return `.${rest}`;
      if (element.startsWith('v:')) return `[=${rest}]`;
      const key = JSON.parse(rest) as JsonObject;
      const parts = Object.keys(key)
        .sort()
        .map(name => `${name}=${JSON.stringify(key[name])}`);
      return `[${parts.join(',')}]`;
    })
    .join('');
}
