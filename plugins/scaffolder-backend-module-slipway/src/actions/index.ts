export { createChangeOpenAction } from './changeOpen';
export { createOrganizationWriteAction } from './organizationWrite';
export { createPlanAction } from './plan';
export { createPromoteAction } from './promote';
export { createRepoBindingWriteAction } from './repobindingWrite';
export { createRollbackAction } from './rollback';
export { createServiceSpecEditAction } from './servicespecEdit';
export { createServiceSpecWriteAction } from './servicespecWrite';
