import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useServices } from '../api';
import type { Draft, ServiceForm } from '../form';
import { slipwayTranslationRef } from '../translation';
import { FieldFrame } from './FieldFrame';
import { formOf } from './formOf';
import { help } from './help';
import { ListEditor } from './ListEditor';
import { itemsOf } from './itemsOf';
import type { ListFieldProps } from './schemas';
import { WorkloadEditor, type WorkloadDraft } from './WorkloadEditor';

/** What a new workload starts with: small, and reached over HTTP. */
const newWorkload = (): WorkloadDraft => ({
  port: 8080,
  resources: { cpu: '100m', memory: '128Mi' },
});

/** The other workloads and the databases of the service, by name. */
const namesOf = (form: ServiceForm, self: number): string[] =>
  [
    ...(form.workloads ?? []).filter((_, index) => index !== self),
    ...(form.databases ?? []),
  ]
    .map((item: Draft<{ name: string }>) => item.name)
    .filter((name): name is string => Boolean(name));

/**
 * The workloads of a service.
 *
 * @internal
 */
export function WorkloadsField(props: ListFieldProps) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const {
    formData,
    onChange,
    formContext,
    rawErrors,
    schema,
    disabled,
    readonly,
  } = props;
  const workloads = itemsOf<WorkloadDraft>(formData);
  const form: ServiceForm = { ...formOf(formContext), workloads };
  return (
    <FieldFrame
      title={schema.title ?? t('form.workloads')}
      help={schema.description ?? help('spec', 'workloads')}
      form={form}
      path={['spec', 'workloads']}
      refused={Boolean(rawErrors?.length)}
    >
      <WorkloadList
        form={form}
        workloads={workloads}
        onChange={next => onChange(next as ListFieldProps['formData'])}
        disabled={disabled || readonly}
      />
    </FieldFrame>
  );
}

function WorkloadList(props: {
  form: ServiceForm;
  workloads: WorkloadDraft[];
  onChange: (workloads: WorkloadDraft[]) => void;
  disabled?: boolean;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { form, workloads, onChange, disabled } = props;
  const services = useServices();
  const others = (services.data?.items ?? [])
    .filter(
      item =>
        item.organization !== form.organization || item.name !== form.name,
    )
    .map(item => `${item.organization}/${item.name}`);
  return (
    <ListEditor<WorkloadDraft>
      noun={t('form.workloadNoun')}
      items={workloads}
      onChange={onChange}
      create={newWorkload}
      nameOf={workload => workload.name}
      disabled={disabled}
      max={50}
      none={t('form.workloadsNone')}
    >
      {(workload, set, index) => (
        <WorkloadEditor
          path={['spec', 'workloads', index]}
          workload={workload}
          onChange={set}
          offered={[...namesOf(form, index), ...others]}
          disabled={disabled}
        />
      )}
    </ListEditor>
  );
}
