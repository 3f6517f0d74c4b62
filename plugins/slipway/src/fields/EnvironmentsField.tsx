import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ApiClass } from '@slipway/plugin-slipway-common';
import { useClasses, useClusters } from '../api';
import type { Draft, EnvironmentInput } from '../form';
import { slipwayTranslationRef } from '../translation';
import { ClassGlance } from './ClassGlance';
import { change } from './drafts';
import { FieldFrame } from './FieldFrame';
import { formOf } from './formOf';
import { help } from './help';
import { ChoiceInput, TextInput } from './inputs';
import { Inputs, ListEditor } from './ListEditor';
import { LoadError } from './LoadError';
import { itemsOf } from './itemsOf';
import type { ListFieldProps } from './schemas';

type EnvironmentDraft = Draft<EnvironmentInput>;

/**
 * The environments of a service, each with what its class means at a glance.
 *
 * @internal
 */
export function EnvironmentsField(props: ListFieldProps) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { formData, onChange, formContext, rawErrors, schema } = props;
  const environments = itemsOf<EnvironmentDraft>(formData);
  return (
    <FieldFrame
      title={schema.title ?? t('form.environments')}
      help={schema.description ?? help('spec', 'environments')}
      form={{ ...formOf(formContext), environments }}
      path={['spec', 'environments']}
      refused={Boolean(rawErrors?.length)}
    >
      <EnvironmentList
        environments={environments}
        onChange={next => onChange(next as ListFieldProps['formData'])}
        disabled={props.disabled || props.readonly}
      />
    </FieldFrame>
  );
}

function EnvironmentList(props: {
  environments: EnvironmentDraft[];
  onChange: (environments: EnvironmentDraft[]) => void;
  disabled?: boolean;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { environments, onChange, disabled } = props;
  const classes = useClasses();
  return (
    <>
      <LoadError query={classes} what={t('form.environmentClasses')} />
      <ListEditor<EnvironmentDraft>
        noun={t('form.environmentNoun')}
        items={environments}
        onChange={onChange}
        create={() => ({})}
        nameOf={environment => environment.name}
        disabled={disabled}
        max={50}
        none={t('form.environmentsNone')}
      >
        {(environment, set, index) => (
          <EnvironmentInputs
            environment={environment}
            onChange={set}
            index={index}
            classes={classes.data?.items ?? []}
            others={environments.filter((_, at) => at !== index)}
            disabled={disabled}
          />
        )}
      </ListEditor>
    </>
  );
}

function EnvironmentInputs(props: {
  environment: EnvironmentDraft;
  onChange: (environment: EnvironmentDraft) => void;
  index: number;
  classes: ApiClass[];
  others: EnvironmentDraft[];
  disabled?: boolean;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { environment, onChange, index, classes, others, disabled } = props;
  const clusters = useClusters();
  const path = ['spec', 'environments', index] as const;
  const set = (changes: Partial<EnvironmentDraft>) =>
    onChange(change(environment, changes));
  const chosen = classes.find(({ name }) => name === environment.class);
  const titles = new Map(
    (clusters.data?.items ?? []).map(({ name, title, region }) => [
      name,
      region ? `${title} (${region})` : title,
    ]),
  );

  return (
    <>
      <Inputs min={220}>
        <ChoiceInput
          label={t('form.class')}
          required
          disabled={disabled}
          path={[...path, 'class']}
          value={environment.class}
          onChange={name =>
            // Most services have one environment of a class, and it is called as the class is.
            set({
              class: name,
              ...(environment.name === undefined && { name }),
            })
          }
          choices={classes.map(({ name }) => ({ value: name, text: name }))}
        />
        <TextInput
          label={t('form.name')}
          required
          disabled={disabled}
          path={[...path, 'name']}
          value={environment.name}
          onChange={name => set({ name })}
          placeholder="staging"
        />
        <ChoiceInput
          label={t('form.cluster')}
          disabled={disabled}
          path={[...path, 'cluster']}
          value={environment.cluster}
          onChange={cluster => set({ cluster })}
          choices={(chosen?.clusters ?? []).map(name => ({
            value: name,
            text: titles.get(name) ?? name,
          }))}
          none={
            chosen?.clusters[0]
              ? t('form.automaticOn', { cluster: chosen.clusters[0] })
              : t('form.automatic')
          }
        />
        {chosen?.ttl && (
          <TextInput
            label={t('form.lifetime')}
            disabled={disabled}
            path={[...path, 'ttl']}
            value={environment.ttl}
            onChange={ttl => set({ ttl })}
            placeholder={chosen.ttl.default}
            help={t('form.lifetimeHelp', { max: chosen.ttl.max })}
          />
        )}
        {others.length > 0 && (
          <ChoiceInput
            label={t('form.promotedFrom')}
            disabled={disabled}
            path={[...path, 'promoteFrom']}
            value={environment.promoteFrom}
            onChange={promoteFrom => set({ promoteFrom })}
            choices={others.flatMap(({ name }) =>
              name ? [{ value: name, text: name }] : [],
            )}
            none={t('form.noOther')}
          />
        )}
      </Inputs>
      {chosen && <ClassGlance environmentClass={chosen} />}
    </>
  );
}
