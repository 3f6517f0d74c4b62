import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { problemsOfSpec } from '../form/problems';
import { onboardingMessages } from '../translation/onboarding';
import { formOf } from './formOf';
import { saying, sayingProblem } from './said';
import type { FirstSpecFieldProps, RepositoryFieldProps } from './schemas';

type Of<P extends { formData?: unknown }> = CustomFieldValidator<
  NonNullable<P['formData']>
>;

/** Refuses a repository to which nothing can be pushed. */
export const validateRepository: Of<RepositoryFieldProps> = (
  value,
  field,
  { apiHolder },
) => {
  if (value?.archived)
    field.addError(
      saying(apiHolder)(
        'onboarding.refusedArchived',
        onboardingMessages.onboarding.refusedArchived,
      ),
    );
};

/** Refuses to go on with workloads or databases that the kind's schema refuses. */
export const validateFirstSpec: Of<FirstSpecFieldProps> = (
  _value,
  field,
  { formData, apiHolder },
) => {
  const say = sayingProblem(apiHolder);
  for (const problem of problemsOfSpec(formOf({ formData }))) {
    const { path, severity } = problem;
    if (severity === 'error' && /^spec\.(workloads|databases)/.test(path))
      field.addError(say(problem));
  }
};
