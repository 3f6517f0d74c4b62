import type { ServiceForm } from '../form';

/**
 * The data of the whole form, all its pages: the scaffolder hands it to fields in the form's context.
 *
 * @internal
 */
export function formOf(formContext: unknown): ServiceForm {
  const data =
    typeof formContext === 'object' &&
    formContext !== null &&
    'formData' in formContext
      ? formContext.formData
      : undefined;
  return typeof data === 'object' && data !== null ? data : {};
}
