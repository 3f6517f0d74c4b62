import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { SlipwayApiError, unwrap } from '@slipway/plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { count } from '../format';
import {
  filesFromForm,
  problemLine,
  type BindingOptions,
  type ServiceForm,
} from '../form';

/**
 * Refuses to go on with a form that can't be planned, or whose plan is denied: made once more, so that it is the
 * backend's word and not what happens to be on the page.
 *
 * @internal
 */
export const validatePlan: CustomFieldValidator<
  string,
  BindingOptions
> = async (_data, field, { apiHolder, formData, uiSchema }) => {
  const { files, problems } = filesFromForm(
    formData as ServiceForm,
    uiSchema?.['ui:options'],
  );
  if (!files) {
    problems
      .filter(({ severity }) => severity === 'error')
      .forEach(problem => field.addError(problemLine(problem)));
    return;
  }
  const client = apiHolder.get(slipwayApiRef);
  if (!client) {
    throw new TypeError(
      'The app has no client of Slipway; install the plugin.',
    );
  }
  try {
    const plan = await unwrap(
      client.POST('/v1alpha1/plans', { body: { files } }),
    );
    const wrong = plan.problems.filter(({ severity }) => severity === 'error');
    wrong.forEach(({ message }) => field.addError(message));
    if (plan.totals.denials > 0) {
      field.addError(
        `Policy denies this: ${count(plan.totals.denials, 'rule')}. Apply the fixes that the plan names.`,
      );
    }
  } catch (error) {
    if (error instanceof SlipwayApiError) {
      field.addError(error.message);
      return;
    }
    throw error;
  }
};
