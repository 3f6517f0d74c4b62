import type { Provenance } from '@slipway/plugin-slipway-common';

/** Where a value comes from. @internal */
export type Source = Omit<Provenance, 'pointer' | 'line'>;

/**
 * A value with its source. Renderers put it where the value goes; `trace`
 * takes it out again and remembers the place.
 *
 * @internal
 */
export class Traced<T> {
  constructor(
    readonly value: T | TracedFields<T>,
    readonly source: Source,
  ) {}
}

type TracedFields<T> = T extends readonly (infer Item)[]
  ? Traceable<Item>[]
  : T extends object
    ? { [Key in keyof T]: Traceable<T[Key]> }
    : T;

/** An object whose fields may carry their source. @internal */
export type Traceable<T> = T | Traced<T> | TracedFields<T>;

/** Marks a value with its source. @internal */
export function from<T>(source: Source, value: T | TracedFields<T>): Traced<T> {
  return new Traced<T>(value, source);
}

/**
 * Takes the sources out of an object. Fields that are undefined go too, so
 * that renderers may write what isn't there as undefined.
 *
 * @internal
 */
export function trace<T>(object: Traceable<T>): {
  object: T;
  provenance: Array<Source & { pointer: string }>;
} {
  const provenance: Array<Source & { pointer: string }> = [];
  const plain = unwrap(object, '', (pointer, source) =>
    provenance.push({ pointer, ...source }),
  );
  // unwrap answers the same shape without marks, which no type can say.
  return { object: plain as T, provenance };
}

function unwrap(
  value: unknown,
  pointer: string,
  found: (pointer: string, source: Source) => void,
): unknown {
  if (value instanceof Traced) {
    if (value.value !== undefined) {
      found(pointer, value.source);
    }
    return unwrap(value.value, pointer, found);
  }
  if (Array.isArray(value)) {
    return value
      .filter(item => plainValue(item) !== undefined)
      .map((item, index) => unwrap(item, `${pointer}/${index}`, found));
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, field]) => plainValue(field) !== undefined)
        .map(([key, field]) => [
          key,
          unwrap(field, `${pointer}/${escapePointer(key)}`, found),
        ]),
    );
  }
  return value;
}

function plainValue(value: unknown): unknown {
  return value instanceof Traced ? plainValue(value.value) : value;
}

/** A key as one step of a JSON pointer (RFC 6901). @internal */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The steps of a JSON pointer (RFC 6901). @internal */
export function pointerSteps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Why a field that nothing in the spec sets can only be put back. */
const SAME_FOR_ALL =
  'Slipway sets this field the same way for every service; no field of the spec changes it.';

/**
 * Where one field of a rendered object comes from: its own entry, else that
 * of the nearest field above it, which then has no inverse.
 *
 * @public
 */
export function provenanceAt(
  rendered: { provenance: Provenance[] },
  pointer: string,
): Provenance {
  const byPointer = new Map(
    rendered.provenance.map(entry => [entry.pointer, entry]),
  );
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const entry = byPointer.get(at);
    if (entry && at === pointer) {
      return entry;
    }
    if (entry) {
      return {
        ...entry,
        pointer,
        noInverse:
          entry.noInverse ??
          'Only the whole of what stands around this field can be written back.',
      };
    }
  }
  return { pointer, origin: 'default', noInverse: SAME_FOR_ALL };
}
