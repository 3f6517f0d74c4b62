import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { slipwayApiRef } from '../api';
import { count } from '../format';
import { filesFromForm, type BindingOptions } from '../form';
import { formOf } from './formOf';
import { planOfForm } from './planOfForm';
import { sayingProblem } from './said';

/**
 * Refuses to go on with a form that can't be planned, or whose plan is denied: made once more, so that it is the
 * backend's word and not what happens to be on the page. What is thrown becomes an error of the field too.
 *
 * @internal
 */
export const validatePlan: CustomFieldValidator<
  string,
  BindingOptions
> = async (_data, field, { apiHolder, formData, uiSchema }) => {
  const form = formOf({ formData });
  const options = uiSchema?.['ui:options'] ?? {};
  const { files, problems } = filesFromForm(form, options);
  if (!files) {
    problems
      .filter(({ severity }) => severity === 'error')
      .map(sayingProblem(apiHolder))
      .forEach(line => field.addError(line));
    return;
  }
  const client = apiHolder.get(slipwayApiRef);
  if (!client) {
    throw new TypeError(
      'The app has no client of Slipway; install the plugin.',
    );
  }
  const plan = await planOfForm(client, form, options);
  plan.problems
    .filter(({ severity }) => severity === 'error')
    .forEach(({ message }) => field.addError(message));
  if (plan.totals.denials > 0) {
    field.addError(
      `Policy denies this: ${count(plan.totals.denials, 'rule')}. Apply the fixes that the plan names.`,
    );
  }
};
