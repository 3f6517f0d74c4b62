import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { problemLine } from '../form';
import { problemsOfSpec } from '../form/problems';
import { formOf } from './formOf';
import type { FirstSpecFieldProps, RepositoryFieldProps } from './schemas';

type Of<P extends { formData?: unknown }> = CustomFieldValidator<
  NonNullable<P['formData']>
>;

/** Refuses a repository to which nothing can be pushed. */
export const validateRepository: Of<RepositoryFieldProps> = (value, field) => {
  if (value?.archived)
    field.addError(
      `${value.owner}/${value.name} is archived: nothing can be pushed to it. Choose another one.`,
    );
};

/** Refuses to go on with workloads or databases that the kind's schema refuses. */
export const validateFirstSpec: Of<FirstSpecFieldProps> = (
  _value,
  field,
  { formData },
) => {
  for (const problem of problemsOfSpec(formOf({ formData }))) {
    const { path, severity } = problem;
    if (severity === 'error' && /^spec\.(workloads|databases)/.test(path))
      field.addError(problemLine(problem));
  }
};
