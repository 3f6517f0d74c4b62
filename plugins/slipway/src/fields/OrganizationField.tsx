import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useOrganizations } from '../api';
import { slipwayTranslationRef } from '../translation';
import { FieldFrame } from './FieldFrame';
import { formOf } from './formOf';
import { help } from './help';
import { ChoiceInput } from './inputs';
import { LoadError } from './LoadError';
import type { TextFieldProps } from './schemas';

/**
 * The organization that a service belongs to, of those that the person may open changes in.
 *
 * @internal
 */
export function OrganizationField(props: TextFieldProps) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { formData, formContext, rawErrors } = props;
  return (
    <FieldFrame
      plain
      title={t('form.organization')}
      form={{ ...formOf(formContext), organization: formData }}
      path={['spec', 'organization']}
      refused={Boolean(rawErrors?.length)}
    >
      <OrganizationInput {...props} />
    </FieldFrame>
  );
}

function OrganizationInput(props: TextFieldProps) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { formData, onChange, schema, required } = props;
  const organizations = useOrganizations();
  const items = organizations.data?.items ?? [];
  return (
    <>
      <LoadError query={organizations} what={t('form.organizations')} />
      <ChoiceInput
        label={schema.title ?? t('form.organization')}
        required={required}
        disabled={props.disabled || props.readonly}
        path={['spec', 'organization']}
        value={formData}
        onChange={onChange}
        help={
          organizations.data?.items.length === 0
            ? t('form.organizationsNone')
            : (schema.description ?? help('spec', 'organization'))
        }
        choices={items.map(({ name, displayName, mayCreate }) => ({
          value: name,
          text: mayCreate
            ? displayName
            : t('form.organizationNotYours', { name: displayName }),
          disabled: !mayCreate,
        }))}
      />
    </>
  );
}
