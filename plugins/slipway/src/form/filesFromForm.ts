import {
  hasErrors,
  platformPath,
  stringifyResource,
  type ApiPlanRequest,
  type Problem,
  type Resource,
} from '@slipway/plugin-slipway-common';
import { problemsOfForm } from './problems';
import {
  bindingFromForm,
  organizationFromForm,
  specFromForm,
  type DraftResource,
} from './specFromForm';
import type { BindingOptions, ServiceForm } from './types';

/** The files that the form would open a change request with, or why there are none. @public */
export interface FormFiles {
  problems: Problem[];
  /** Absent while there are errors. */
  files?: ApiPlanRequest['files'];
}

/**
 * The platform files that the form describes: the same that the scaffolder's actions write.
 *
 * @public
 */
export function filesFromForm(
  form: ServiceForm,
  options?: BindingOptions,
): FormFiles {
  const problems = problemsOfForm(form, options);
  if (hasErrors(problems)) {
    return { problems };
  }
  return {
    problems,
    files: [
      ...(form.newOrganization ? [fileOf(organizationFromForm(form))] : []),
      fileOf(specFromForm(form)),
      fileOf(bindingFromForm(form, options)),
    ],
  };
}

function fileOf(draft: DraftResource): ApiPlanRequest['files'][number] {
  // Validated above. Not the parsed resource: defaults stay out of the file, which says only what was said.
  const resource = draft as DraftResource & Resource;
  const { name } = resource.metadata;
  const { organization } = resource.spec as { organization?: string };
  return {
    path: platformPath(draft.kind, { name, organization }),
    content: stringifyResource(resource),
  };
}
