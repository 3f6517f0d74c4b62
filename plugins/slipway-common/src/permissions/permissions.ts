import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of everything that belongs to a service or organization. @public */
export const RESOURCE_TYPE_SLIPWAY = 'slipway-resource';

/** See organizations, classes, services, environments and their plans. @public */
export const slipwayReadPermission = createPermission({
  name: 'slipway.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Open, update, comment on and close change requests to the files of an organization. @public */
export const slipwayChangeCreatePermission = createPermission({
  name: 'slipway.change.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Approve change requests and environments. @public */
export const slipwayChangeApprovePermission = createPermission({
  name: 'slipway.change.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Merge change requests to the files of an organization. @public */
export const slipwayChangeMergePermission = createPermission({
  name: 'slipway.change.merge',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Change classes, quotas, policies and organizations: the platform team's files. @public */
export const slipwayPlatformWritePermission = createPermission({
  name: 'slipway.platform.write',
  attributes: { action: 'update' },
});

/** Ask for a reconcile now. @public */
export const slipwayEnvironmentReconcilePermission = createPermission({
  name: 'slipway.environment.reconcile',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** See queue, dead letters, sources and clusters. @public */
export const slipwayOperationsReadPermission = createPermission({
  name: 'slipway.operations.read',
  attributes: { action: 'read' },
});

/** Replay dead letters, confirm held deletions. @public */
export const slipwayOperationsWritePermission = createPermission({
  name: 'slipway.operations.write',
  attributes: { action: 'update' },
});

/** All permissions of Slipway. @public */
export const slipwayPermissions = [
  slipwayReadPermission,
  slipwayChangeCreatePermission,
  slipwayChangeApprovePermission,
  slipwayChangeMergePermission,
  slipwayPlatformWritePermission,
  slipwayEnvironmentReconcilePermission,
  slipwayOperationsReadPermission,
  slipwayOperationsWritePermission,
];
