import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  slipwayDriftAcceptPermission,
  slipwayDriftRevertPermission,
  slipwayEnvironmentRefreshPermission,
  slipwayEnvironmentSyncPermission,
  slipwayLogsReadPermission,
  slipwayPermissions,
  slipwayPipelineRerunPermission,
  slipwayReadPermission,
} from '@slipway/plugin-slipway-common';
import { PlatformPolicy } from './PlatformPolicy';

const decide = (
  permission: (typeof slipwayPermissions)[number],
  claims: string[],
) =>
  new PlatformPolicy().handle({ permission }, {
    info: { userEntityRef: claims[0], ownershipEntityRefs: claims },
  } as Parameters<PlatformPolicy['handle']>[1]);

describe('the policy of the example backend', () => {
  it.each(
    slipwayPermissions.map(
      permission => [permission.name, permission] as const,
    ),
  )('lets the platform team %s', async (_, permission) => {
    const { result } = await decide(permission, [
      'user:default/priya',
      'group:default/platform-team',
    ]);
    expect(result).toBe(AuthorizeResult.ALLOW);
  });

  it.each(
    (
      [
        [slipwayLogsReadPermission, 'IS_MEMBER'],
        [slipwayEnvironmentRefreshPermission, 'IS_MEMBER'],
        [slipwayPipelineRerunPermission, 'IS_MEMBER'],
        [slipwayEnvironmentSyncPermission, 'IS_OWNER'],
        [slipwayDriftRevertPermission, 'IS_OWNER'],
        [slipwayDriftAcceptPermission, 'IS_OWNER'],
      ] as const
    ).map(([permission, rule]) => [permission.name, rule, permission] as const),
  )(
    'asks of everybody else for %s that they are %s of it',
    async (_, rule, permission) => {
      expect(await decide(permission, ['user:default/dana'])).toMatchObject({
        result: AuthorizeResult.CONDITIONAL,
        conditions: { rule, params: { claims: ['user:default/dana'] } },
      });
    },
  );

  it('lets everybody see, and somebody without a name nothing else', async () => {
    const seen = await decide(slipwayReadPermission, []);
    expect(seen.result).toBe(AuthorizeResult.ALLOW);
    for (const permission of slipwayPermissions) {
      if (permission === slipwayReadPermission) continue;
      expect((await decide(permission, [])).result).toBe(AuthorizeResult.DENY);
    }
  });
});
