import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  createAdoptionProposeAction,
  createChangeOpenAction,
  createOrganizationWriteAction,
  createPlanAction,
  createPromoteAction,
  createRepoBindingWriteAction,
  createRollbackAction,
  createServiceSpecEditAction,
  createServiceSpecWriteAction,
} from './actions';

/**
 * Adds Slipway's actions to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleSlipway = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'slipway',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, discovery }) {
        const access = { auth, discovery };
        actions.addActions(
          createServiceSpecWriteAction(),
          createServiceSpecEditAction(access),
          createRepoBindingWriteAction(access),
          createOrganizationWriteAction(),
          createPlanAction(access),
          createChangeOpenAction(access),
          createPromoteAction(access),
          createRollbackAction(access),
          createAdoptionProposeAction(access),
        );
      },
    });
  },
});
