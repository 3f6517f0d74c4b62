import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { createHash } from 'node:crypto';
import type { PresentEntity } from '../presence';
import { serviceKey } from '../services';

/** The longest name that the catalog takes. */
const MAX_LENGTH = 63;

/** Sixteen hexadecimal digits are 64 bits: nobody meets another by chance. */
const HASH_LENGTH = 16;

/**
 * Joins names with dots. Slipway's names have none, so what is joined meets
 * neither a plain name nor another joined one. What gets too long is cut and
 * told apart by a hash.
 *
 * @internal
 */
export function joinNames(...names: string[]): string {
  const joined = names.join('.');
  if (joined.length <= MAX_LENGTH) {
    return joined;
  }
  const hash = createHash('sha256')
    .update(joined)
    .digest('hex')
    .slice(0, HASH_LENGTH);
  const start = joined
    .slice(0, MAX_LENGTH - HASH_LENGTH - 1)
    .replace(/[-.]+$/, '');
  return `${start}-${hash}`;
}

/** The reference of a Component by its name. @internal */
export function componentRef(name: string): string {
  return stringifyEntityRef({
    kind: 'Component',
    namespace: DEFAULT_NAMESPACE,
    name,
  });
}

/**
 * Names the Component of every service. A service has its own name; where
 * several organizations have a service of that name, it stays with the one
 * whose Component has it in the catalog already, or, when they are new, with
 * the first organization in alphabetical order. The others are called
 * `<organization>.<service>`. So a newcomer never takes a reference over.
 *
 * @internal
 */
export function nameComponents(
  services: ReadonlyArray<{ organization: string; name: string }>,
  present: readonly PresentEntity[],
): Map<string, string> {
  const holders = new Map(
    present
      .filter(({ kind, ours }) => kind === 'Component' && ours)
      .map(({ ref, service }) => [parseEntityRef(ref).name, service]),
  );
  const byName = new Map<string, string[]>();
  for (const service of services) {
    const same = byName.get(service.name) ?? [];
    byName.set(service.name, [...same, serviceKey(service)]);
  }
  const names = new Map<string, string>();
  for (const [name, keys] of byName) {
    const holder = holders.get(name);
    const [first] = [...keys].sort();
    const owner =
      holder !== undefined && keys.includes(holder) ? holder : first;
    for (const key of keys) {
      const [organization] = key.split('/');
      names.set(key, key === owner ? name : joinNames(organization, name));
    }
  }
  return names;
}
