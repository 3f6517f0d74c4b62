import { useTranslationRef } from '@backstage/frontend-plugin-api';
import WarningIcon from '@mui/icons-material/WarningAmber';
import { NAME_MAX_LENGTH } from '@slipway/plugin-slipway-common';
import { useEffect, useRef } from 'react';
import { useServices } from '../api';
import { Notice } from '../components';
import { slipwayTranslationRef } from '../translation';
import { FieldFrame } from './FieldFrame';
import { formOf } from './formOf';
import { help } from './help';
import { TextInput } from './inputs';
import { LoadError } from './LoadError';
import type { TextFieldProps } from './schemas';

/**
 * The name of a service; says when the organization already has one of that name, whose file would be replaced.
 *
 * @internal
 */
export function ServiceNameField(props: TextFieldProps) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { formData, formContext, rawErrors } = props;
  const form = { ...formOf(formContext), name: formData };
  useNameOfRepository(props, form.repository?.name);
  return (
    <FieldFrame
      plain
      title={t('form.name')}
      form={form}
      path={['metadata', 'name']}
      refused={Boolean(rawErrors?.length)}
    >
      <NameInput {...props} organization={form.organization} />
    </FieldFrame>
  );
}

/** A service that comes from a repository is called as that, until somebody says otherwise. */
function useNameOfRepository(
  { formData, onChange }: TextFieldProps,
  repository: string | undefined,
): void {
  const report = useRef(onChange);
  report.current = onChange;
  const isEmpty = useRef(!formData);
  useEffect(() => {
    const name = repository && asName(repository);
    if (isEmpty.current && name) report.current(name);
  }, [repository]);
}

/** The text as a name that a resource may have; empty where nothing of it is left. */
function asName(text: string): string {
  return text
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, NAME_MAX_LENGTH)
    .replace(/-+$/, '');
}

function NameInput(props: TextFieldProps & { organization?: string }) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { formData, onChange, schema, required, organization } = props;
  const services = useServices(organization || undefined);
  const taken =
    organization !== undefined &&
    services.data?.items.some(
      item => item.organization === organization && item.name === formData,
    );
  return (
    <>
      <LoadError query={services} what={t('form.namesTaken')} />
      <TextInput
        label={schema.title ?? t('form.name')}
        required={required}
        disabled={props.disabled || props.readonly}
        path={['metadata', 'name']}
        value={formData}
        onChange={onChange}
        help={schema.description ?? help('metadata', 'name')}
      />
      {taken && (
        <Notice tone="wait" icon={WarningIcon}>
          {t('form.nameTaken', { organization, name: formData ?? '' })}
        </Notice>
      )}
    </>
  );
}
