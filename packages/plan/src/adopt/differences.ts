import { escapePointer } from '../trace';

type Fields = Record<string, unknown>;

/**
 * Pointers at which what is wanted isn't what is there. Only what is wanted
 * counts: an apply leaves alone what it doesn't name.
 *
 * @internal
 */
export function differences(
  wanted: unknown,
  found: unknown,
  pointer = '',
): string[] {
  if (isMap(wanted) && isMap(found)) {
    return Object.entries(wanted).flatMap(([key, value]) =>
      differences(value, found[key], `${pointer}/${escapePointer(key)}`),
    );
  }
  if (Array.isArray(wanted) && Array.isArray(found)) {
    return wanted.length === found.length
      ? wanted.flatMap((value, index) =>
          differences(value, found[index], `${pointer}/${index}`),
        )
      : [pointer];
  }
  return wanted === found ? [] : [pointer];
}

/**
 * Pointers that an earlier file set, and the new one no longer does. Whoever
 * takes over from that file takes these fields off.
 *
 * @internal
 */
export function leftOut(
  before: unknown,
  wanted: unknown,
  pointer = '',
): string[] {
  if (wanted === undefined) return before === undefined ? [] : [pointer];
  if (isMap(before) && isMap(wanted)) {
    return Object.entries(before).flatMap(([key, value]) =>
      value === null
        ? []
        : leftOut(value, wanted[key], `${pointer}/${escapePointer(key)}`),
    );
  }
  if (Array.isArray(before) && Array.isArray(wanted)) {
    return before.flatMap((value, index) =>
      leftOut(value, wanted[index], `${pointer}/${index}`),
    );
  }
  return [];
}

/** The value at a path of plain steps. @internal */
export function at(value: unknown, ...steps: string[]): unknown {
  return steps.reduce(
    (inner, step) => (isMap(inner) ? inner[step] : undefined),
    value,
  );
}

/** @internal */
export function isMap(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
