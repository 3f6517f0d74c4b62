export { filesFromForm, type FormFiles } from './filesFromForm';
export {
  formatPathOf,
  pageOf,
  problemLine,
  problemsAt,
  problemsOfForm,
  problemsOfSpec,
  type Path,
} from './problems';
export {
  bindingFromForm,
  specFromForm,
  type DraftResource,
} from './specFromForm';
export type {
  BindingOptions,
  DatabaseInput,
  Draft,
  EnvironmentInput,
  ServiceForm,
  WorkloadInput,
} from './types';
