import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { stringify } from 'yaml';

/** Keys that a reader looks for first; all others follow by alphabet. */
const FIRST = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'];

/**
 * The same value with the keys of every map in canonical order. Lists keep
 * theirs, because it may have a meaning.
 *
 * @internal
 */
export function canonical<T>(value: T): T {
  return order(value) as T;
}

function order(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(order);
  }
  if (value !== null && typeof value === 'object') {
    const fields = value as Record<string, unknown>;
    return Object.fromEntries(
      orderedKeys(fields)
        .filter(key => fields[key] !== undefined)
        .map(key => [key, order(fields[key])]),
    );
  }
  return value;
}

function orderedKeys(fields: Record<string, unknown>): string[] {
  return [
    ...FIRST.filter(key => Object.hasOwn(fields, key)),
    ...Object.keys(fields)
      .filter(key => !FIRST.includes(key))
      .sort(),
  ];
}

/** By code unit, because the order must not depend on anybody's locale. @internal */
export function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** A copy in the order of a text. @internal */
export function sortBy<T>(items: readonly T[], text: (item: T) => string): T[] {
  return [...items].sort((a, b) => compareText(text(a), text(b)));
}

/**
 * The digest of a value: the same for values that differ only in the order
 * of their keys.
 *
 * @public
 */
export function digestOf(value: unknown): string {
  return digestOfCanonical(order(value));
}

/** The digest of a value that is in canonical order already. @internal */
export function digestOfCanonical(value: unknown): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(JSON.stringify(value))))}`;
}

/** A few characters of a digest, to tell names apart. @internal */
export function shortHash(value: string, length = 8): string {
  return bytesToHex(sha256(utf8ToBytes(value))).slice(0, length);
}

/**
 * A value as YAML in canonical order. Kubernetes reads YAML 1.1, so what a
 * 1.1 reader would take for something else (`yes`, `12:30`) is quoted.
 *
 * @internal
 */
export function toYaml(value: unknown, comment: string): string {
  const text = stringify(order(value), {
    compat: 'yaml-1.1',
    lineWidth: 0,
    aliasDuplicateObjects: false,
    indentSeq: false,
  });
  return `# ${comment}\n${text}`;
}
