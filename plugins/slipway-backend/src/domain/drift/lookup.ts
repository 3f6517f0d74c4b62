import type { KubernetesObject } from '../../ports/Clusters';
import { FieldNode, fieldTree, isMap, parse } from './fieldTree';
import { field, item, member, Place, position, ROOT } from './place';
import type { FieldOwner } from './types';

/** The steps of a path as {@link field} and its like write it. */
export function pathSteps(path: string): string[] {
  return [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(
    ([whole, bracket, name]) => (bracket === undefined ? name : whole),
  );
}

/** The value at a path, whose items are named by their keys: their places differ from object to object. */
export function valueAt(object: unknown, path: string): unknown {
  return pathSteps(path).reduce<unknown>((value, step) => {
    const found = locate(value, step);
    return found === undefined ? undefined : (value as never)[found];
  }, object);
}

/** JSON pointer (RFC 6901) of a path in this very object; undefined when it isn't there. */
export function pointerOf(object: unknown, path: string): string | undefined {
  let value = object;
  let pointer = '';
  for (const step of pathSteps(path)) {
    const found = locate(value, step);
    if (found === undefined) return undefined;
    pointer += `/${String(found).replaceAll('~', '~0').replaceAll('/', '~1')}`;
    value = (value as never)[found];
  }
  return pointer;
}

function locate(value: unknown, step: string): string | number | undefined {
  const inner = step.startsWith('[') ? step.slice(1, -1) : undefined;
  if (isMap(value)) {
    const name = inner ?? step;
    return value[name] === undefined ? undefined : name;
  }
  if (!Array.isArray(value) || inner === undefined) return undefined;
  if (/^\d+$/.test(inner)) {
    const index = Number(inner);
    return index < value.length ? index : undefined;
  }
  const index = inner.startsWith('=')
    ? value.findIndex(one => String(one) === inner.slice(1))
    : value.findIndex(one => isMap(one) && fits(one, inner));
  return index < 0 ? undefined : index;
}

/** Whether an item has these key fields; one that Git leaves to its default fits. */
function fits(value: Record<string, unknown>, label: string): boolean {
  return label.split(',').every(part => {
    const at = part.indexOf('=');
    const found = value[part.slice(0, at)];
    return found === undefined || String(found) === part.slice(at + 1);
  });
}

/** Who owns the field at a path now; of a whole that has no owner of its own, who owns its parts. */
export function fieldOwners(
  object: KubernetesObject,
  path: string,
): FieldOwner[] {
  if (path === '') return ownersBelow(fieldTree(object));
  const found: FieldOwner[] = [];
  const visit = (at: Place, node: FieldNode): boolean => {
    if (at.path === path) {
      found.push(...ownersBelow(node));
      return true;
    }
    for (const [key, child] of node.children)
      if (visit(next(at, key), child)) return true;
    return false;
  };
  visit(ROOT, fieldTree(object));
  return found;
}

function next(at: Place, key: string): Place {
  const rest = key.slice(2);
  if (key.startsWith('f:')) return field(at, rest);
  if (key.startsWith('k:')) return item(at, key, 0);
  if (key.startsWith('v:')) return member(at, parse(rest), 0);
  return position(at, Number(rest));
}

function ownersBelow(node: FieldNode): FieldOwner[] {
  return [
    ...node.owners,
    ...[...node.children.values()].flatMap(child => ownersBelow(child)),
  ];
}
