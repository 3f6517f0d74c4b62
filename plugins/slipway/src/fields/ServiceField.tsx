import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useServices } from '../api';
import { slipwayTranslationRef } from '../translation';
import { FieldFrame } from './FieldFrame';
import { formOf } from './formOf';
import { ChoiceInput } from './inputs';
import { LoadError } from './LoadError';
import type { TextFieldProps } from './schemas';

/**
 * A service that is there already, of the organization that the form names; for templates that change one.
 *
 * @internal
 */
export function ServiceField(props: TextFieldProps) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { formData, formContext, rawErrors } = props;
  const form = { ...formOf(formContext), name: formData };
  return (
    <FieldFrame
      plain
      title={t('form.service')}
      form={form}
      path={['metadata', 'name']}
      refused={Boolean(rawErrors?.length)}
    >
      <ServiceInput {...props} organization={form.organization || undefined} />
    </FieldFrame>
  );
}

function ServiceInput(props: TextFieldProps & { organization?: string }) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { formData, onChange, schema, required, organization } = props;
  const services = useServices(organization);
  // Names are an organization's own: without one, the same name could stand for several services.
  const choices = organization
    ? (services.data?.items ?? [])
        .filter(item => item.organization === organization)
        .map(({ name }) => ({ value: name, text: name }))
    : [];
  const isEmpty =
    organization !== undefined && services.data && choices.length === 0;
  return (
    <>
      <LoadError query={services} what={t('form.services')} />
      <ChoiceInput
        label={schema.title ?? t('form.service')}
        required={required}
        disabled={props.disabled || props.readonly || !organization}
        path={['metadata', 'name']}
        value={formData}
        onChange={onChange}
        help={
          (!organization && t('form.organizationFirst')) ||
          (isEmpty && t('form.servicesNone', { organization })) ||
          schema.description
        }
        choices={choices}
      />
    </>
  );
}
