import type { ApiClass } from '@slipway/plugin-slipway-common';
import { useClasses, useClusters } from '../api';
import type { Draft, EnvironmentInput } from '../form';
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
  const { formData, onChange, formContext, rawErrors, schema } = props;
  const environments = itemsOf<EnvironmentDraft>(formData);
  return (
    <FieldFrame
      title={schema.title ?? 'Environments'}
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
  const { environments, onChange, disabled } = props;
  const classes = useClasses();
  return (
    <>
      <LoadError query={classes} what="the environment classes" />
      <ListEditor<EnvironmentDraft>
        noun="environment"
        items={environments}
        onChange={onChange}
        create={() => ({})}
        nameOf={environment => environment.name}
        disabled={disabled}
        max={50}
        none="None. Without one nothing is deployed; it can be added later."
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
          label="Class"
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
          label="Name"
          required
          disabled={disabled}
          path={[...path, 'name']}
          value={environment.name}
          onChange={name => set({ name })}
          placeholder="staging"
        />
        <ChoiceInput
          label="Cluster"
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
              ? `Automatic (${chosen.clusters[0]})`
              : 'Automatic'
          }
        />
        {chosen?.ttl && (
          <TextInput
            label="Lifetime"
            disabled={disabled}
            path={[...path, 'ttl']}
            value={environment.ttl}
            onChange={ttl => set({ ttl })}
            placeholder={chosen.ttl.default}
            help={`A duration such as 72h, at most ${chosen.ttl.max}.`}
          />
        )}
        {others.length > 0 && (
          <ChoiceInput
            label="Promoted from"
            disabled={disabled}
            path={[...path, 'promoteFrom']}
            value={environment.promoteFrom}
            onChange={promoteFrom => set({ promoteFrom })}
            choices={others.flatMap(({ name }) =>
              name ? [{ value: name, text: name }] : [],
            )}
            none="No other"
          />
        )}
      </Inputs>
      {chosen && <ClassGlance environmentClass={chosen} />}
    </>
  );
}
