import { shortHash } from './canonical';

/** The longest DNS label, and so the longest name that fits everywhere. */
const LABEL_MAX_LENGTH = 63;

/**
 * The name of a volume from the path that it is mounted at: `/var/cache`
 * becomes `var-cache`. A path that could be taken for another one's name, or
 * that is too long, gets a hash: `/var-cache` becomes `var-cache-5d0f…`.
 *
 * @internal
 */
export function volumeName(path: string): string {
  const parts = path.split('/').filter(Boolean);
  const joined = parts.join('-');
  if (
    parts.every(part => /^[a-z0-9]+$/.test(part)) &&
    joined.length <= LABEL_MAX_LENGTH
  ) {
    return joined;
  }
  const hash = shortHash(path);
  const start = joined
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LABEL_MAX_LENGTH - hash.length - 1)
    .replace(/^-+|-+$/g, '');
  return start === '' ? hash : `${start}-${hash}`;
}

/** The claim of a disk volume. No workload's name has two hyphens, so none can meet another's. @internal */
export function claimName(workload: string, path: string): string {
  return `${workload}--${volumeName(path)}`;
}

/** The Secret that carries a workload's secrets. @internal */
export function secretsName(workload: string): string {
  return `${workload}-secrets`;
}

/** The Secret that carries a database's password. @internal */
export function credentialsName(database: string): string {
  return `${database}-credentials`;
}

/** A name as the beginning of environment variables: `cart-api` is `CART_API`. @internal */
export function variablePrefix(name: string): string {
  const upper = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return /^[0-9]/.test(upper) ? `_${upper}` : upper;
}

/**
 * A name inside a database: hyphens would have to be quoted in SQL. Engines
 * bound the length of names, so what is too long gets a hash.
 *
 * @internal
 */
export function identifier(name: string, suffix: string, max: number): string {
  const plain = `${name.replaceAll('-', '_')}_${suffix}`;
  if (plain.length <= max) {
    return plain;
  }
  const end = `_${shortHash(name, 6)}_${suffix}`;
  return `${name.replaceAll('-', '_').slice(0, max - end.length)}${end}`;
}
