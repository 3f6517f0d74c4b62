import type { FieldDrift } from './types';

/** A place in an object: for people, for programs, and in the keys of `fieldsV1`. */
export interface Place {
  path: string;
  segments: Array<string | number>;
  keys: string[];
}

/** A field that differs, with its place. */
export interface Found {
  place: Place;
  drift: FieldDrift;
}

/** The object itself. */
export const ROOT: Place = { path: '', segments: [], keys: [] };

/** A field of a map. */
export function field(at: Place, name: string): Place {
  const plain = /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name);
  const dotted = at.path === '' ? name : `${at.path}.${name}`;
  return {
    path: plain ? dotted : `${at.path}[${name}]`,
    segments: [...at.segments, name],
    keys: [...at.keys, `f:${name}`],
  };
}

/** An item of a list whose items have keys; `key` is `k:{…}`. */
export function item(at: Place, key: string, index: number): Place {
  const fields = JSON.parse(key.slice(2)) as Record<string, unknown>;
  const label = Object.entries(fields)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(',');
  return {
    path: `${at.path}[${label}]`,
    segments: [...at.segments, index],
    keys: [...at.keys, key],
  };
}

/** A value of a set. */
export function member(at: Place, value: unknown, index: number): Place {
  return {
    path: `${at.path}[=${String(value)}]`,
    segments: [...at.segments, index],
    keys: [...at.keys, `v:${JSON.stringify(value)}`],
  };
}

/** An item of a list that is one value. */
export function position(at: Place, index: number): Place {
  return {
    path: `${at.path}[${index}]`,
    segments: [...at.segments, index],
    keys: [...at.keys, `i:${index}`],
  };
}
