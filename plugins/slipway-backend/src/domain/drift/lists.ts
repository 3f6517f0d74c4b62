import { FieldNode, isMap, isSet, itemKey, itemKeys } from './fieldTree';
import { item, member, Place, position } from './place';

interface Pair {
  at: Place;
  live: unknown;
  applied: unknown;
  wanted: unknown;
}

/**
 * The items of two lists that belong together: by the keys that the API server tells them apart with, which it names in
 * `managedFields`; by value in a set; by place in a list that is one value. Undefined when only the whole can be said.
 */
export function pairItems(
  at: Place,
  live: unknown[],
  applied: unknown[],
  wanted: unknown,
  roots: FieldNode[],
): Pair[] | undefined {
  const nodes = roots.map(root => nodeAt(root, at.keys));
  const git = Array.isArray(wanted) ? wanted : [];
  const keys = itemKeys(...nodes);
  if (keys) return byKey(at, live, applied, git, keys);
  if (isSet(...nodes)) return byValue(at, live, applied, git);
  if (live.length !== applied.length) return undefined;
  return live.map((value, index) => ({
    at: position(at, index),
    live: value,
    applied: applied[index],
    wanted: git[index],
  }));
}

function byKey(
  at: Place,
  live: unknown[],
  applied: unknown[],
  git: unknown[],
  keys: string[],
): Pair[] | undefined {
  const left = indexed(live, keys);
  const right = indexed(applied, keys);
  if (!left || !right) return undefined;
  return [...new Set([...left.keys(), ...right.keys()])].map(key => {
    const inLive = left.get(key);
    const inApplied = right.get(key);
    return {
      at: item(at, key, inLive ?? inApplied ?? 0),
      live: inLive === undefined ? undefined : live[inLive],
      applied: inApplied === undefined ? undefined : applied[inApplied],
      wanted: git.find(value => matches(value, key)),
    };
  });
}

function byValue(
  at: Place,
  live: unknown[],
  applied: unknown[],
  git: unknown[],
): Pair[] {
  return [...new Set([...live, ...applied])].map(value => ({
    at: member(
      at,
      value,
      live.includes(value) ? live.indexOf(value) : applied.indexOf(value),
    ),
    live: live.includes(value) ? value : undefined,
    applied: applied.includes(value) ? value : undefined,
    wanted: git.includes(value) ? value : undefined,
  }));
}

function indexed(
  list: unknown[],
  keys: string[],
): Map<string, number> | undefined {
  const found = new Map<string, number>();
  list.forEach((value, index) => found.set(itemKey(value, keys), index));
  return found.size === list.length ? found : undefined;
}

/** Whether an item is the one that a key names; a key field that Git leaves to its default matches. */
export function matches(value: unknown, key: string): boolean {
  if (!isMap(value)) return false;
  const fields = Object.entries(
    JSON.parse(key.slice(2)) as Record<string, unknown>,
  );
  return fields.every(
    ([name, wanted]) => value[name] === undefined || value[name] === wanted,
  );
}

/** The node of a tree at these keys. */
export function nodeAt(root: FieldNode, keys: string[]): FieldNode | undefined {
  let node: FieldNode | undefined = root;
  for (const key of keys) node = node?.children.get(key);
  return node;
}
