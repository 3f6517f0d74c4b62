/**
 * Slipway in the portal, for the new frontend system. Apps on the old one take `@slipway/plugin-slipway/legacy`.
 *
 * @packageDocumentation
 */
export { slipwayPlugin as default } from './plugin';
export { slipwayApiRef } from './api/ref';
export { isSlipwayAvailable } from './entity/serviceOf';
export {
  bindingFromForm,
  filesFromForm,
  specFromForm,
  type BindingOptions,
  type DatabaseInput,
  type Draft,
  type DraftResource,
  type EnvironmentInput,
  type FormFiles,
  type ServiceForm,
  type WorkloadInput,
} from './form';
export {
  catalogEntityRouteRef,
  changeRequestRouteRef,
  scaffolderRouteRef,
  environmentRouteRef,
  organizationRouteRef,
  releaseRouteRef,
  rootRouteRef,
  templateRouteRef,
} from './routes';
export { slipwayTranslationRef } from './translation';
