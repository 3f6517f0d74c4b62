import { organizationNamespace } from '@slipway/plugin-slipway-common';

/** Whether this is the namespace of another organization: runs in it are theirs, whatever they say of themselves. */
export function isForeignNamespace(
  namespace: string,
  organization: string,
): boolean {
  if (namespace === organizationNamespace(organization)) return false;
  const at = namespace.indexOf('--');
  if (at >= 0) return namespace.slice(0, at) !== organization;
  return namespace.startsWith(organizationNamespace(''));
}
