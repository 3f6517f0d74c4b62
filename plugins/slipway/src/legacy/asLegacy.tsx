import { compatWrapper } from '@backstage/core-compat-api';
import type {
  CustomFieldValidator,
  FieldExtensionComponentProps,
  FieldExtensionOptions,
  FieldSchema,
} from '@backstage/plugin-scaffolder-react';

/**
 * A field of ours for the old frontend system: the same component, with the new system's hooks made available.
 *
 * @internal
 */
export function asLegacy<T, O>(field: {
  name: string;
  component: (props: FieldExtensionComponentProps<T, O>) => JSX.Element | null;
  schema: FieldSchema<T, O>;
  validation: CustomFieldValidator<T, O>;
}): FieldExtensionOptions<T, O> {
  const { name, component: Component, schema, validation } = field;
  return {
    name,
    component: props => compatWrapper(<Component {...props} />),
    schema: schema.schema,
    validation,
  };
}
