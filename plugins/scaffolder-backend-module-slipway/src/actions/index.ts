export { createChangeOpenAction } from './changeOpen';
export { createOrganizationWriteAction } from './organizationWrite';
export { createPlanAction } from './plan';
export { createRepoBindingWriteAction } from './repobindingWrite';
export { createServiceSpecEditAction } from './servicespecEdit';
export { createServiceSpecWriteAction } from './servicespecWrite';
