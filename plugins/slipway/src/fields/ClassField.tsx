import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useClasses } from '../api';
import { slipwayTranslationRef } from '../translation';
import { ClassGlance } from './ClassGlance';
import { FieldFrame } from './FieldFrame';
import { formOf } from './formOf';
import { ChoiceInput } from './inputs';
import { LoadError } from './LoadError';
import type { TextFieldProps } from './schemas';

const PATH = ['spec', 'environments', 'class'];

/**
 * The EnvironmentClass of one environment, with what it means; for templates that make or adopt one.
 *
 * @internal
 */
export function ClassField(props: TextFieldProps) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <FieldFrame
      plain
      title={t('form.class')}
      form={formOf(props.formContext)}
      path={PATH}
      refused={Boolean(props.rawErrors?.length)}
    >
      <ClassInput {...props} />
    </FieldFrame>
  );
}

function ClassInput(props: TextFieldProps) {
  const { formData, onChange, schema, required } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const classes = useClasses();
  const items = classes.data?.items ?? [];
  const none = classes.isLoading
    ? t('form.classesLoading')
    : t('form.noClasses');
  const isUnknown = items.length === 0 && !classes.error;
  const chosen = items.find(({ name }) => name === formData);
  return (
    <>
      <LoadError query={classes} what={t('form.environmentClasses')} />
      <ChoiceInput
        label={schema.title ?? t('form.class')}
        required={required}
        disabled={props.disabled || props.readonly}
        path={PATH}
        value={formData}
        onChange={onChange}
        help={isUnknown ? none : schema.description}
        choices={items.map(({ name }) => ({ value: name, text: name }))}
      />
      {chosen && <ClassGlance environmentClass={chosen} />}
    </>
  );
}
