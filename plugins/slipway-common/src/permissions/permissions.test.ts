import * as exported from './permissions';
import {
  RESOURCE_TYPE_SLIPWAY,
  slipwayAdoptionPermission,
  slipwayOperationsReadPermission,
  slipwayOperationsWritePermission,
  slipwayPermissions,
  slipwayPlatformWritePermission,
} from './permissions';

describe('the list of permissions', () => {
  it('holds every permission that is exported, once', () => {
    const each = Object.values(exported).filter(
      value =>
        typeof value === 'object' && value !== null && 'attributes' in value,
    );
    expect(new Set(slipwayPermissions)).toEqual(new Set(each));
    expect(new Set(slipwayPermissions.map(({ name }) => name)).size).toBe(
      each.length,
    );
  });

  it.each(slipwayPermissions.map(permission => [permission.name, permission]))(
    'names %s below slipway and says what kind of act it is',
    (name, permission) => {
      expect(name).toMatch(/^slipway(\.[a-z]+)+$/);
      const action = { read: 'read', create: 'create' }[
        String(name).split('.').pop()!
      ];
      expect(permission).toHaveProperty(
        'attributes.action',
        action ?? 'update',
      );
    },
  );

  it('applies to one organization at a time, but for what belongs to the platform team', () => {
    const platform = slipwayPermissions.filter(
      permission => permission.type === 'basic',
    );
    expect(platform).toEqual([
      slipwayPlatformWritePermission,
      slipwayOperationsReadPermission,
      slipwayOperationsWritePermission,
      slipwayAdoptionPermission,
    ]);
    const types = slipwayPermissions.flatMap(permission =>
      permission.type === 'resource' ? [permission.resourceType] : [],
    );
    expect(new Set(types)).toEqual(new Set([RESOURCE_TYPE_SLIPWAY]));
  });
});
