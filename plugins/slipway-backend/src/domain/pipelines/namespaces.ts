import { organizationNamespace } from '@slipway/plugin-slipway-common';

/**
 * Whether a run in this namespace may be shown to an organization that is found by its repository alone: namespaces of
 * other organizations are theirs.
 */
export function isForeignNamespace(
  namespace: string,
  organization: string,
): boolean {
  if (namespace === organizationNamespace(organization)) return false;
  const at = namespace.indexOf('--');
  if (at >= 0) return namespace.slice(0, at) !== organization;
  return namespace.startsWith(organizationNamespace(''));
}
