import { parseEntityRef } from '@backstage/catalog-model';
import {
  componentNames,
  componentRefOf,
  joinEntityNames,
} from '@slipway/plugin-slipway-common';
import type { PresentEntity } from '../presence';

export { componentRefOf as componentRef, joinEntityNames as joinNames };

/**
 * Names the Component of every service. Whoever has a name in the catalog already keeps it.
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
  return componentNames(services, holders);
}
