import { componentNames, componentRefOf } from '@slipway/plugin-slipway-common';
import type { PlatformState } from '../domain/platform/PlatformState';

/** The names of one state: a page of a large organization asks for hundreds. */
const KNOWN = new WeakMap<PlatformState, Map<string, string>>();

/** The catalog's reference of a service's Component; a name that two organizations use is told apart as it is there. */
export function entityRefOf(
  state: PlatformState,
  organization: string,
  service: string,
): string {
  let names = KNOWN.get(state);
  if (!names) {
    names = componentNames(state.all('ServiceSpec'));
    KNOWN.set(state, names);
  }
  return componentRefOf(names.get(`${organization}/${service}`) ?? service);
}
