import { escapePointer } from '../trace';
import type { PatchOperation } from '../jsonPatch';
import { isMap } from './differences';

/**
 * The operations that make one object another: as small as maps allow, lists
 * item by item where they are equally long.
 *
 * @internal
 */
export function patchBetween(
  from: unknown,
  to: unknown,
  pointer = '',
): PatchOperation[] {
  if (isMap(from) && isMap(to)) {
    const gone = Object.keys(from)
      .filter(key => to[key] === undefined)
      .map(key => ({
        op: 'remove' as const,
        path: `${pointer}/${escapePointer(key)}`,
      }));
    const rest = Object.entries(to)
      .filter(([, value]) => value !== undefined)
      .flatMap(([key, value]): PatchOperation[] => {
        const path = `${pointer}/${escapePointer(key)}`;
        return Object.hasOwn(from, key)
          ? patchBetween(from[key], value, path)
          : [{ op: 'add', path, value }];
      });
    return [...gone, ...rest];
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    return to.flatMap((value, index) =>
      patchBetween(from[index], value, `${pointer}/${index}`),
    );
  }
  return from === to ? [] : [{ op: 'replace', path: pointer, value: to }];
}
