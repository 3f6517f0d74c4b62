import {
  AuthorizeResult,
  PolicyDecision,
  isPermission,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_SLIPWAY,
  slipwayEnvironmentRefreshPermission,
  slipwayLogsReadPermission,
  slipwayPermissions,
  slipwayPipelineRerunPermission,
  slipwayReadPermission,
} from '@slipway/plugin-slipway-common';

/** Members of this group may everything that Slipway has a permission for. */
const PLATFORM_TEAM = 'group:default/platform-team';

/** What changes nothing that was agreed: whoever works in an organization may, not only who owns it. */
const MEMBERS_MAY = [
  slipwayEnvironmentRefreshPermission,
  slipwayLogsReadPermission,
  slipwayPipelineRerunPermission,
].map(({ name }) => name);

/**
 * Everybody signed in sees everything. Members of an organization read logs, refresh and run pipelines again; who owns it
 * (or the service) also changes its files, syncs, and puts drift back or accepts it; the platform team may everything.
 * Permissions of other plugins are allowed, as without a policy.
 */
export class PlatformPolicy implements PermissionPolicy {
  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const { permission } = request;
    if (!slipwayPermissions.some(own => own.name === permission.name)) {
      return { result: AuthorizeResult.ALLOW };
    }
    const claims = user?.info.ownershipEntityRefs ?? [];
    if (
      claims.includes(PLATFORM_TEAM) ||
      isPermission(permission, slipwayReadPermission)
    ) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (
      permission.type === 'resource' &&
      permission.resourceType === RESOURCE_TYPE_SLIPWAY &&
      claims.length > 0
    ) {
      return {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'slipway',
        resourceType: RESOURCE_TYPE_SLIPWAY,
        conditions: {
          resourceType: RESOURCE_TYPE_SLIPWAY,
          rule: MEMBERS_MAY.includes(permission.name)
            ? 'IS_MEMBER'
            : 'IS_OWNER',
          params: { claims },
        },
      };
    }
    return { result: AuthorizeResult.DENY };
  }
}
