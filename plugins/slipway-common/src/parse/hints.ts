import { z } from 'zod';
import { NAME_MAX_LENGTH } from '../kinds/fields';
import type { PathSegment } from './problem';
import { looksLikeSecret } from './secrets';
import { unwrap } from './schemaLookup';
import { isRecord } from './view';

/** Nobody meant a longer text to be a name, a path or a size. */
const MAX_GUESSED = 512;

/**
 * What to do about a value of the wrong type: the mistakes that YAML invites.
 *
 * @internal
 */
export function typeHint(
  schema: z.core.$ZodType | undefined,
  value: unknown,
  at: readonly PathSegment[],
  source?: string,
): string | undefined {
  const expected = schema && unwrap(schema);
  if (value === null) {
    return 'the field is there but empty: fill it in or take it out';
  }
  if (expected instanceof z.ZodString && isScalar(value)) {
    const text = source ?? String(value);
    return looksLikeSecret(text)
      ? 'put the value in quotes'
      : `put the value in quotes: '${text}'`;
  }
  if (expected instanceof z.ZodNumber && typeof value === 'string') {
    return /^[0-9]+$/.test(value)
      ? `write it without quotes: ${value}`
      : undefined;
  }
  if (expected instanceof z.ZodBoolean) {
    return 'write true or false, without quotes';
  }
  if (expected instanceof z.ZodArray) {
    return isRecord(value)
      ? 'start each item with a hyphen'
      : 'write a list: one item a line, each started with a hyphen';
  }
  if (
    expected instanceof z.ZodObject &&
    typeof value === 'string' &&
    at[at.length - 1] === 'image'
  ) {
    return 'write the image as a map: repository, and the tag as revision';
  }
  return undefined;
}

/**
 * What to write instead of a text that has the wrong form, where it can be
 * guessed.
 *
 * @internal
 */
export function formatHint(value: string, allowed: string): string | undefined {
  if (value.length > MAX_GUESSED || looksLikeSecret(value)) {
    return undefined;
  }
  if (/(^|[/\\])\.\.([/\\]|$)/.test(value)) {
    return 'a path must stay inside its folder: take the .. out';
  }
  if (value.includes('\\')) {
    return 'use forward slashes';
  }
  if (allowed.startsWith('a relative path')) {
    return relativePathHint(value);
  }
  if (allowed.startsWith('an absolute path')) {
    return value.startsWith('/') ? undefined : 'start the path with a slash';
  }
  if (allowed.startsWith('a Go duration')) {
    return durationHint(value);
  }
  if (allowed.startsWith('a size')) {
    return sizeHint(value);
  }
  if (allowed.startsWith('an image repository')) {
    return /[:@][^/]*$/.test(value)
      ? 'write the tag as revision and the digest as digest, beside repository'
      : undefined;
  }
  if (allowed.startsWith('a full host name')) {
    return hostHint(value);
  }
  return allowed.startsWith('lower-case letters') ? nameHint(value) : undefined;
}

function nameHint(value: string): string | undefined {
  const name = value
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, NAME_MAX_LENGTH)
    .replace(/-+$/, '');
  if (name === '' || name === value) {
    return undefined;
  }
  const why = value.includes('--')
    ? '-- joins names in namespaces, so no name may have it: '
    : '';
  return `${why}did you mean ${name}?`;
}

function relativePathHint(value: string): string | undefined {
  if (value.startsWith('./')) {
    return `take the ./ out: ${value.slice(2) || '.'}`;
  }
  return value.startsWith('/')
    ? 'write it relative to the root of the repository, without the slash at its start'
    : undefined;
}

function durationHint(value: string): string | undefined {
  const longer = /^([0-9]{1,5})\s*(d|w|days?|weeks?)$/i.exec(value);
  if (!longer) {
    return undefined;
  }
  const days = Number(longer[1]) * (/^w/i.test(longer[2]) ? 7 : 1);
  return `durations have no days or weeks: did you mean ${days * 24}h?`;
}

function sizeHint(value: string): string | undefined {
  const size = /^([0-9.]+)\s*([kmgtp])(i?)b?$/i.exec(value);
  if (!size) {
    return undefined;
  }
  const suffix = `${size[2].toUpperCase()}${size[3] ? 'i' : ''}`;
  return value.endsWith('m')
    ? `m means a thousandth: did you mean ${size[1]}Mi?`
    : `did you mean ${size[1]}${suffix === 'K' ? 'k' : suffix}?`;
}

function hostHint(value: string): string | undefined {
  if (value.includes('://')) {
    return 'write the host name only, without https:// and path';
  }
  if (value.includes('*')) {
    return 'name each host: wildcards are not allowed';
  }
  if (/[^\x20-\x7e]/.test(value)) {
    return 'write it in its ASCII form (xn--…)';
  }
  return value === value.toLowerCase()
    ? undefined
    : `did you mean ${value.toLowerCase()}?`;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}
