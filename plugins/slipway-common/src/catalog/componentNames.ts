import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/** The longest name that the catalog takes. */
const MAX_LENGTH = 63;

/** Sixteen hexadecimal digits are 64 bits: nobody meets another by chance. */
const HASH_LENGTH = 16;

/**
 * Joins names with dots to a name of the catalog. Slipway's names have none, so what is joined meets neither a plain
 * name nor another joined one. What gets too long is cut and told apart by a hash.
 *
 * @public
 */
export function joinEntityNames(...names: string[]): string {
  const joined = names.join('.');
  if (joined.length <= MAX_LENGTH) {
    return joined;
  }
  const hash = bytesToHex(sha256(utf8ToBytes(joined))).slice(0, HASH_LENGTH);
  const start = joined
    .slice(0, MAX_LENGTH - HASH_LENGTH - 1)
    .replace(/[-.]+$/, '');
  return `${start}-${hash}`;
}

/**
 * Names the Component of every service, by `<organization>/<name>`. A service has its own name; where several
 * organizations have a service of that name, it stays with the one that holds it already (`holders`: Component name to
 * service) or, when they are new, with the first organization in alphabetical order. The others are called
 * `<organization>.<service>`. So a newcomer never takes a reference over.
 *
 * @public
 */
export function componentNames(
  services: ReadonlyArray<{ organization: string; name: string }>,
  holders: ReadonlyMap<string, string | undefined> = new Map(),
): Map<string, string> {
  const byName = new Map<string, string[]>();
  for (const { organization, name } of services) {
    const same = byName.get(name) ?? [];
    byName.set(name, [...same, `${organization}/${name}`]);
  }
  const names = new Map<string, string>();
  for (const [name, keys] of byName) {
    const holder = holders.get(name);
    const [first] = [...keys].sort();
    const owner =
      holder !== undefined && keys.includes(holder) ? holder : first;
    for (const key of keys) {
      const [organization] = key.split('/');
      names.set(
        key,
        key === owner ? name : joinEntityNames(organization, name),
      );
    }
  }
  return names;
}

/**
 * The reference of a service's Component, in the namespace in which the entity provider puts it.
 *
 * @public
 */
export function componentRefOf(name: string): string {
  return `component:default/${name}`;
}
