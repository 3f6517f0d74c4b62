/**
 * Slipway for apps on the old frontend system.
 *
 * @packageDocumentation
 */
export { slipwayApiRef } from './api/ref';
export { isSlipwayAvailable } from './entity/serviceOf';
export {
  EntitySlipwayDriftCard,
  EntitySlipwayEnvironmentsContent,
  EntitySlipwayPipelinesCard,
  EntitySlipwaySyncCard,
  SlipwayPage,
} from './legacy/components';
export {
  SlipwayDatabasesFieldExtension,
  SlipwayEnvironmentsFieldExtension,
  SlipwayOrganizationFieldExtension,
  SlipwayPlanFieldExtension,
  SlipwayAdoptableFieldExtension,
  SlipwayClassFieldExtension,
  SlipwayFirstSpecFieldExtension,
  SlipwayRepositoryFieldExtension,
  SlipwayServiceFieldExtension,
  SlipwayServiceNameFieldExtension,
  SlipwayWorkloadsFieldExtension,
} from './legacy/fields';
export { slipwayPlugin } from './legacy/plugin';
export { slipwayTranslationRef } from './translation';
