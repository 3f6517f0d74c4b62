import type { PathSegment } from './problem';
import { isRecord } from './view';

/** What is done to a value. @internal */
export interface PlainEdit {
  path: readonly PathSegment[];
  op: 'set' | 'delete' | 'append';
  value?: unknown;
}

/**
 * The value after an edit; the value itself stays as it is. Maps on the way
 * that aren't there are made.
 *
 * @internal
 */
export function editValue(root: unknown, edit: PlainEdit): unknown {
  const [segment, ...rest] = edit.path;
  if (segment === undefined) {
    return edit.op === 'append'
      ? [...(Array.isArray(root) ? root : []), edit.value]
      : edit.value;
  }
  if (Array.isArray(root)) {
    const index = Number(segment);
    if (edit.op === 'delete' && rest.length === 0) {
      return root.filter((_, at) => at !== index);
    }
    return root.map((item, at) =>
      at === index ? editValue(item, { ...edit, path: rest }) : item,
    );
  }
  const map = isRecord(root) ? root : {};
  if (edit.op === 'delete' && rest.length === 0) {
    return Object.fromEntries(
      Object.entries(map).filter(([key]) => key !== segment),
    );
  }
  return {
    ...map,
    [segment]: editValue(map[segment], { ...edit, path: rest }),
  };
}

/** Whether two plain values say the same, whatever the order of their keys. @internal */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length && a.every((item, at) => sameValue(item, b[at]))
    );
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every(key => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
    );
  }
  return Object.is(a, b);
}
