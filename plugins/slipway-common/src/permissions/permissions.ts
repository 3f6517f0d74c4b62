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

/** Ask Argo CD to compare an environment with Git again, and Slipway to look again. @public */
export const slipwayEnvironmentRefreshPermission = createPermission({
  name: 'slipway.environment.refresh',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Ask Argo CD to sync an environment to what is in Git. @public */
export const slipwayEnvironmentSyncPermission = createPermission({
  name: 'slipway.environment.sync',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Put drifted objects back to what is in Git. @public */
export const slipwayDriftRevertPermission = createPermission({
  name: 'slipway.drift.revert',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Open a change request that makes what was found in a cluster the spec. @public */
export const slipwayDriftAcceptPermission = createPermission({
  name: 'slipway.drift.accept',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Report a revision that was built, for the workloads of a service. @public */
export const slipwayRevisionReportPermission = createPermission({
  name: 'slipway.revision.report',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Promote what one environment runs to the next one. @public */
export const slipwayEnvironmentPromotePermission = createPermission({
  name: 'slipway.environment.promote',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Take an environment back to an earlier release, or forward again. @public */
export const slipwayEnvironmentRollbackPermission = createPermission({
  name: 'slipway.environment.rollback',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Run a pipeline again. @public */
export const slipwayPipelineRerunPermission = createPermission({
  name: 'slipway.pipeline.rerun',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Read the logs of containers and of pipeline steps. @public */
export const slipwayLogsReadPermission = createPermission({
  name: 'slipway.logs.read',
  attributes: { action: 'read' },
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

/** Look into namespaces that Slipway doesn't manage, and release them to an organization that adopts them. @public */
export const slipwayAdoptionPermission = createPermission({
  name: 'slipway.adoption.grant',
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
  slipwayEnvironmentRefreshPermission,
  slipwayEnvironmentSyncPermission,
  slipwayDriftRevertPermission,
  slipwayDriftAcceptPermission,
  slipwayRevisionReportPermission,
  slipwayEnvironmentPromotePermission,
  slipwayEnvironmentRollbackPermission,
  slipwayPipelineRerunPermission,
  slipwayLogsReadPermission,
  slipwayOperationsReadPermission,
  slipwayOperationsWritePermission,
  slipwayAdoptionPermission,
];
