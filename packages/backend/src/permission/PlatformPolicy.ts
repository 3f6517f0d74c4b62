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
  slipwayPermissions,
  slipwayReadPermission,
} from '@slipway/plugin-slipway-common';

/** Members of this group may everything that Slipway has a permission for. */
const PLATFORM_TEAM = 'group:default/platform-team';

/**
 * Everybody signed in sees everything; who owns an organization changes its files; the platform team changes the rest.
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
          rule: 'IS_OWNER',
          params: { claims },
        },
      };
    }
    return { result: AuthorizeResult.DENY };
  }
}
