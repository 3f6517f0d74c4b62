import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import type { ServiceForm } from '../form';
import type { AdoptableFieldProps } from './schemas';
import { onboardingMessages } from '../translation/onboarding';
import { saying, sayingProblem } from './said';
import { problemsAt, problemsOfSpec, type Path } from '../form';

/**
 * Refuses "Next" while the part of the spec that a field holds is wrong, with the words that the file and the API use.
 *
 * @internal
 */
export const validateAt =
  <T>(path: Path): CustomFieldValidator<T> =>
  (_data, field, { formData, apiHolder }) => {
    const say = sayingProblem(apiHolder);
    for (const problem of problemsAt(
      problemsOfSpec(formData as ServiceForm),
      path,
    )) {
      if (problem.severity === 'error') {
        field.addError(say(problem));
      }
    }
  };

/**
 * Refuses "Next" while nothing is chosen that could be adopted.
 *
 * @internal
 */
export const validateAdoptable: CustomFieldValidator<
  NonNullable<AdoptableFieldProps['formData']>
> = (data, field, { apiHolder }) => {
  // Before the first choice the form has none.
  if (!(data as AdoptableFieldProps['formData'])?.application) {
    field.addError(
      saying(apiHolder)(
        'onboarding.refusedNoApplication',
        onboardingMessages.onboarding.refusedNoApplication,
      ),
    );
  }
};
