import { FieldSet, describePath } from './fieldset';
import { JsonObject, canonical, clone, equal, isObject } from './json';
import { Schema, keepsUnknown, memberSchema, resolve } from './schema';

/**
 * Merging and comparing of objects by their schema: what Kubernetes' structured-merge-diff does. Lists of type `map`
 * and `set` are merged by their keys, everything `atomic` is one leaf, what no schema describes is treated as separable
 * objects with atomic lists.
 */

type Shape = 'leaf' | 'object' | 'map-list' | 'set-list';

const UNKNOWN: Schema = { 'x-kubernetes-preserve-unknown-fields': true };

function shapeOf(schema: Schema, value: unknown): Shape {
  if (Array.isArray(value)) {
    if (schema['x-kubernetes-list-type'] === 'map') return 'map-list';
    if (schema['x-kubernetes-list-type'] === 'set') return 'set-list';
    return 'leaf';
  }
  return isObject(value) && schema['x-kubernetes-map-type'] !== 'atomic'
    ? 'object'
    : 'leaf';
}

function childSchema(schema: Schema, name: string): Schema {
  return memberSchema(schema, name) ?? UNKNOWN;
}

function itemSchema(schema: Schema): Schema {
  return schema.items ? resolve(schema.items) : UNKNOWN;
}

function keyOf(schema: Schema, item: unknown): string {
  if (schema['x-kubernetes-list-type'] === 'set' || !isObject(item))
    return `v:${canonical(item)}`;
  const items = itemSchema(schema);
  const key: JsonObject = {};
  for (const name of schema['x-kubernetes-list-map-keys'] ?? []) {
    // A key that isn't given counts with its default, so that `port: 80` and `port: 80, protocol: TCP` are one.
    const value = item[name] ?? memberSchema(items, name)?.default;
    if (value !== undefined) key[name] = value;
  }
  return `k:${canonical(key)}`;
}

/** The items of a keyed list by key; of two with one key the first counts (real objects may hold such lists). */
function byKey(schema: Schema, list: readonly unknown[]): Map<string, unknown> {
  const result = new Map<string, unknown>();
  for (const item of list) {
    const key = keyOf(schema, item);
    if (!result.has(key)) result.set(key, item);
  }
  return result;
}

/** Keys that occur twice in lists that must be unique; each with the path of its list. */
export function duplicateKeys(
  value: unknown,
  schema: Schema,
  path = '',
): string[] {
  const shape = shapeOf(schema, value);
  const found: string[] = [];
  if (shape === 'object') {
    for (const [name, member] of Object.entries(value as JsonObject)) {
      found.push(
        ...duplicateKeys(member, childSchema(schema, name), `${path}.${name}`),
      );
    }
  } else if (shape !== 'leaf') {
    const seen = new Set<string>();
    for (const item of value as unknown[]) {
      const key = keyOf(schema, item);
      if (seen.has(key))
        found.push(`${path}: duplicate entries for key ${describePath([key])}`);
      seen.add(key);
      if (shape === 'map-list')
        found.push(
          ...duplicateKeys(
            item,
            itemSchema(schema),
            `${path}[${key.slice(2)}]`,
          ),
        );
    }
  }
  return found;
}

/** Every field that an applied configuration claims. */
export function toFieldSet(value: unknown, schema: Schema): FieldSet {
  const set = new FieldSet();
  collect(value, schema, [], set);
  return set;
}

function collect(
  value: unknown,
  schema: Schema,
  path: string[],
  set: FieldSet,
): void {
  const shape = shapeOf(schema, value);
  if (shape === 'leaf') {
    set.insert(path);
  } else if (shape === 'object') {
    const members = Object.entries(value as JsonObject);
    for (const [name, member] of members) {
      const here = [...path, `f:${name}`];
      collect(member, childSchema(schema, name), here, set);
      const declared =
        schema.properties && Object.hasOwn(schema.properties, name);
      const empty =
        member === null ||
        (isObject(member) && Object.keys(member).length === 0);
      if (empty || !declared) set.insert(here);
    }
  } else {
    for (const item of value as unknown[]) {
      const here = [...path, keyOf(schema, item)];
      if (shape === 'map-list') collect(item, itemSchema(schema), here, set);
      set.insert(here);
    }
  }
}

export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

/** What changed from one object to another, as fields. */
export function compare(
  before: unknown,
  after: unknown,
  schema: Schema,
): Comparison {
  const result = {
    added: new FieldSet(),
    modified: new FieldSet(),
    removed: new FieldSet(),
  };
  walk(before, after, schema, [], result);
  return result;
}

function walk(
  before: unknown,
  after: unknown,
  schema: Schema,
  path: string[],
  result: Comparison,
): void {
  const shapes = [before, after]
    .filter(one => one !== undefined)
    .map(one => shapeOf(schema, one));
  const shape = shapes.every(one => one === shapes[0]) ? shapes[0] : 'leaf';
  if (before === undefined) result.added.insert(path);
  else if (after === undefined) result.removed.insert(path);
  else if (shape === 'leaf' && !equal(before, after))
    result.modified.insert(path);
  if (shape === 'leaf') return;
  if (shape === 'object') {
    const a = (before ?? {}) as JsonObject;
    const b = (after ?? {}) as JsonObject;
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (a[name] === undefined && b[name] === undefined) continue;
      walk(
        a[name],
        b[name],
        childSchema(schema, name),
        [...path, `f:${name}`],
        result,
      );
    }
    return;
  }
  const a = byKey(schema, (before ?? []) as unknown[]);
  const b = byKey(schema, (after ?? []) as unknown[]);
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    if (shape === 'map-list')
      walk(a.get(key), b.get(key), itemSchema(schema), [...path, key], result);
    else if (!a.has(key)) result.added.insert([...path, key]);
    else if (!b.has(key)) result.removed.insert([...path, key]);
  }
}

/** Lays an applied configuration over a live object. */
export function merge(live: unknown, config: unknown, schema: Schema): unknown {
  if (config === undefined) return clone(live);
  const shape = shapeOf(schema, config);
  if (live === undefined || shape === 'leaf' || shapeOf(schema, live) !== shape)
    return clone(config);
  if (shape === 'object') {
    const base = live as JsonObject;
    const over = config as JsonObject;
    const out: JsonObject = {};
    for (const name of new Set([...Object.keys(base), ...Object.keys(over)])) {
      out[name] = merge(base[name], over[name], childSchema(schema, name));
    }
    return out;
  }
  return mergeLists(live as unknown[], config as unknown[], schema, shape);
}

/** Items of both follow the order of the configuration; items of the live list alone stay where they stand. */
function mergeLists(
  live: unknown[],
  config: unknown[],
  schema: Schema,
  shape: Shape,
): unknown[] {
  const left = byKey(schema, live);
  const right = byKey(schema, config);
  const rest = [...right.keys()];
  const out: unknown[] = [];
  const take = (key: string) => {
    const item = right.get(key);
    out.push(
      shape === 'map-list'
        ? merge(left.get(key), item, itemSchema(schema))
        : clone(item),
    );
  };
  for (const [key, item] of left) {
    if (!right.has(key)) out.push(clone(item));
    else {
      // Everything of the configuration up to its next item that the live list also holds goes here.
      let next = rest.shift();
      while (next !== undefined) {
        take(next);
        next = left.has(next) ? undefined : rest.shift();
      }
    }
  }
  rest.forEach(take);
  return out;
}

/** Removes the named fields and items; what becomes empty stays, as the fields' owners see it. */
export function remove(
  value: unknown,
  fields: FieldSet,
  schema: Schema,
): unknown {
  const shape = shapeOf(schema, value);
  if (shape === 'leaf') return value;
  if (shape === 'object') {
    const out: JsonObject = {};
    for (const [name, member] of Object.entries(value as JsonObject)) {
      const here = fields.children.get(`f:${name}`);
      if (here?.owned) continue;
      out[name] = here
        ? remove(member, here, childSchema(schema, name))
        : member;
    }
    return out;
  }
  const out: unknown[] = [];
  for (const item of value as unknown[]) {
    const here = fields.children.get(keyOf(schema, item));
    if (here?.owned) continue;
    out.push(
      here && shape === 'map-list'
        ? remove(item, here, itemSchema(schema))
        : item,
    );
  }
  return out;
}

/** Fields of a built-in kind that its schema doesn't declare, as dotted paths. */
export function undeclared(
  value: unknown,
  schema: Schema,
  path = '',
): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      undeclared(item, itemSchema(schema), `${path}[${index}]`),
    );
  }
  if (!isObject(value) || keepsUnknown(schema)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const here = path ? `${path}.${name}` : name;
    const found = memberSchema(schema, name);
    return found ? undeclared(member, found, here) : [here];
  });
}

/** The set with every declared field on the way to a member as a member too. */
export function withNamedParents(set: FieldSet, schema: Schema): FieldSet {
  const result = new FieldSet();
  result.owned = set.owned;
  for (const [key, child] of set.children) {
    const list = !key.startsWith('f:');
    const next = list ? itemSchema(schema) : childSchema(schema, key.slice(2));
    const copy = withNamedParents(child, next);
    const declared =
      !list &&
      schema.properties &&
      Object.hasOwn(schema.properties, key.slice(2));
    copy.owned = child.owned || (Boolean(declared) && child.children.size > 0);
    result.children.set(key, copy);
  }
  return result;
}
