import type { KubernetesObject } from '../../ports/Clusters';
import type { FieldOwner } from './types';

/**
 * The fields of an object with their owners, from `managedFields`. Keys are those of `fieldsV1`: `f:<field>`,
 * `k:<key fields of an item as JSON>`, `v:<value of a set as JSON>`, `i:<index>`.
 */
export interface FieldNode {
  owners: FieldOwner[];
  children: Map<string, FieldNode>;
}

interface ManagedFieldsEntry {
  manager?: string;
  operation?: string;
  time?: string;
  subresource?: string;
  fieldsV1?: unknown;
}

/** What the API server says of who wrote what; anything that isn't of its shape is left out. */
export function managedFieldsOf(
  object: KubernetesObject,
): Array<FieldOwner & { fields: object }> {
  return ((object.metadata.managedFields ?? []) as ManagedFieldsEntry[])
    .filter(entry => isMap(entry) && isMap(entry.fieldsV1))
    .map(({ manager, operation, time, subresource, fieldsV1 }) => ({
      manager: String(manager ?? 'unknown'),
      operation:
        operation === 'Apply' ? ('Apply' as const) : ('Update' as const),
      ...(typeof time === 'string' && { time }),
      ...(typeof subresource === 'string' && subresource && { subresource }),
      fields: fieldsV1 as object,
    }));
}

/** All entries as one tree. What goes to the status is nobody's drift. */
export function fieldTree(object: KubernetesObject): FieldNode {
  const root: FieldNode = { owners: [], children: new Map() };
  for (const { fields, ...owner } of managedFieldsOf(object)) {
    if (owner.subresource !== 'status') grow(root, fields, owner);
  }
  return root;
}

function grow(node: FieldNode, fields: object, owner: FieldOwner): void {
  const entries = Object.entries(fields);
  if (entries.length === 0) node.owners.push(owner);
  for (const [key, inner] of entries) {
    if (key === '.') {
      node.owners.push(owner);
      continue;
    }
    let child = node.children.get(key);
    if (!child) {
      child = { owners: [], children: new Map() };
      node.children.set(key, child);
    }
    grow(child, isMap(inner) ? inner : {}, owner);
  }
}

/** The names of the fields that tell items of a list apart; undefined for a list that is one value, or a set. */
export function itemKeys(
  ...nodes: Array<FieldNode | undefined>
): string[] | undefined {
  for (const node of nodes) {
    for (const key of node?.children.keys() ?? []) {
      if (key.startsWith('k:')) {
        const fields = parse(key.slice(2));
        if (isMap(fields)) return Object.keys(fields).sort();
      }
    }
  }
  return undefined;
}

/** Whether a list is a set of scalars. */
export function isSet(...nodes: Array<FieldNode | undefined>): boolean {
  return nodes.some(node =>
    [...(node?.children.keys() ?? [])].some(key => key.startsWith('v:')),
  );
}

/** The key of an item in `fieldsV1`. */
export function itemKey(item: unknown, keys: string[]): string {
  const fields = isMap(item) ? (item as Record<string, unknown>) : {};
  return `k:${JSON.stringify(
    Object.fromEntries(
      keys.flatMap(key =>
        fields[key] === undefined ? [] : [[key, fields[key]]],
      ),
    ),
  )}`;
}

/** Owners of the field at these keys or, where it has none of its own, of the nearest whole that it is part of. */
export function ownersAt(root: FieldNode, keys: string[]): FieldOwner[] {
  let node: FieldNode | undefined = root;
  let owners = root.owners;
  for (const key of keys) {
    node = node.children.get(key);
    if (!node) return owners;
    // Who owns a map as such owns nothing of what others put into it.
    owners =
      node.children.size === 0 || node.owners.length > 0 ? node.owners : [];
  }
  return owners.length > 0 ? owners : ownersBelow(node);
}

function ownersBelow(node: FieldNode): FieldOwner[] {
  return [
    ...node.owners,
    ...[...node.children.values()].flatMap(child => ownersBelow(child)),
  ];
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
