export { filesFromForm, type FormFiles } from './filesFromForm';
export {
  formatPathOf,
  pageOf,
  problemLine,
  problemMessage,
  type Say,
  problemsAt,
  problemsOfForm,
  problemsOfSpec,
  type Path,
} from './problems';
export {
  bindingFromForm,
  organizationFromForm,
  specFromForm,
  type DraftResource,
} from './specFromForm';
export type {
  BindingOptions,
  DatabaseInput,
  Draft,
  EnvironmentInput,
  FirstSpecForm,
  OrganizationForm,
  RepositoryForm,
  ServiceForm,
  WorkloadInput,
} from './types';
