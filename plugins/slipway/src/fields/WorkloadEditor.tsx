import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useState } from 'react';
import { WORKLOAD_KINDS } from '@slipway/plugin-slipway-common';
import { Fold } from '../components';
import type { Draft, Path, WorkloadInput } from '../form';
import { slipwayTranslationRef } from '../translation';
import { change, without } from './drafts';
import { help } from './help';
import { ChoiceInput, NumberInput, TextInput } from './inputs';
import { Inputs } from './ListEditor';
import { SecretsEditor } from './SecretsEditor';
import { VariablesEditor } from './VariablesEditor';
import { WordsInput } from './WordsInput';

/** A workload that is being written. @internal */
export type WorkloadDraft = Draft<WorkloadInput>;

const said = (...path: string[]) => help('spec', 'workloads', ...path);

const KINDS = WORKLOAD_KINDS.map(kind => ({ value: kind, text: kind }));

/** An empty group is no group. */
const orNothing = <T extends object>(value: T): T | undefined =>
  Object.keys(value).length > 0 ? value : undefined;

/**
 * One workload: what it runs, how large, and what it talks to.
 *
 * @internal
 */
export function WorkloadEditor(props: {
  path: Path;
  workload: WorkloadDraft;
  onChange: (workload: WorkloadDraft) => void;
  /** Names that it could need. */
  offered: string[];
  disabled?: boolean;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { path, workload, onChange, offered, disabled } = props;
  const set = (changes: Partial<WorkloadDraft>) =>
    onChange(change(workload, changes));
  const setImage = (changes: Partial<NonNullable<WorkloadDraft['image']>>) =>
    set({ image: orNothing(change(workload.image ?? {}, changes)) });
  const setResources = (
    changes: Partial<NonNullable<WorkloadDraft['resources']>>,
  ) => set({ resources: orNothing(change(workload.resources ?? {}, changes)) });
  const setSource = (changes: Partial<NonNullable<WorkloadDraft['source']>>) =>
    set({ source: orNothing(change(workload.source ?? {}, changes)) });
  const isCron = workload.kind === 'CronJob';
  // A fold stays as it was when it came up, whatever is typed into it.
  const [hadSource] = useState(workload.source !== undefined);
  const [asked, setAsked] = useState<number>();
  const makeSecret = (index: number) => {
    const { env = [], secrets = [] } = workload;
    setAsked(secrets.length);
    set({
      env: without(env, index),
      secrets: [...secrets, { name: env[index].name, from: { vault: '' } }],
    });
  };
  return (
    <>
      <Inputs min={220}>
        <TextInput
          label={t('form.name')}
          required
          disabled={disabled}
          path={[...path, 'name']}
          value={workload.name}
          onChange={name => set({ name })}
          placeholder="web"
        />
        <ChoiceInput
          label={t('form.kind')}
          disabled={disabled}
          path={[...path, 'kind']}
          value={workload.kind}
          onChange={kind => set({ kind: kind as WorkloadDraft['kind'] })}
          choices={KINDS}
          none={t('form.deployment')}
          help={said('kind')}
        />
        {isCron && (
          <TextInput
            label={t('form.schedule')}
            required
            disabled={disabled}
            path={[...path, 'schedule']}
            value={workload.schedule}
            onChange={schedule => set({ schedule })}
            placeholder="0 3 * * *"
            help={said('schedule')}
          />
        )}
        <TextInput
          label={t('form.imageRepository')}
          required
          disabled={disabled}
          path={[...path, 'image', 'repository']}
          firstOf={[...path, 'image']}
          value={workload.image?.repository}
          onChange={repository => setImage({ repository })}
          placeholder="registry.example.com/shop/web"
          help={said('image', 'repository')}
        />
        <TextInput
          label={t('form.imageRevision')}
          disabled={disabled}
          path={[...path, 'image', 'revision']}
          value={workload.image?.revision}
          onChange={revision => setImage({ revision })}
          placeholder={t('form.setByCi')}
          help={t('form.imageRevisionHelp')}
        />
      </Inputs>
      <Inputs min={120}>
        {workload.ports?.length ? (
          // Beside them a `port` is refused; each of them is more than a number.
          <TextInput
            label={t('form.ports')}
            disabled
            path={[...path, 'ports']}
            value={workload.ports
              .map(({ name, port }) => `${name ?? ''} ${port ?? ''}`.trim())
              .join(', ')}
            onChange={() => {}}
            help={t('form.portsHelp')}
          />
        ) : (
          <NumberInput
            label={t('form.port')}
            disabled={disabled}
            path={[...path, 'port']}
            value={workload.port}
            onChange={port => set({ port })}
            help={t('form.portHelp')}
          />
        )}
        {!isCron && (
          <NumberInput
            label={t('form.replicas')}
            disabled={disabled}
            path={[...path, 'replicas']}
            value={workload.replicas}
            onChange={replicas => set({ replicas })}
            placeholder="1"
          />
        )}
        <TextInput
          label={t('form.cpu')}
          required
          disabled={disabled}
          path={[...path, 'resources', 'cpu']}
          firstOf={[...path, 'resources']}
          value={workload.resources?.cpu}
          onChange={cpu => setResources({ cpu })}
          placeholder="100m"
        />
        <TextInput
          label={t('form.memory')}
          required
          disabled={disabled}
          path={[...path, 'resources', 'memory']}
          value={workload.resources?.memory}
          onChange={memory => setResources({ memory })}
          placeholder="128Mi"
        />
      </Inputs>
      <Inputs min={280}>
        <WordsInput
          label={t('form.needs')}
          disabled={disabled}
          path={[...path, 'needs']}
          value={workload.needs}
          onChange={needs => set({ needs })}
          offered={offered}
          help={said('needs')}
        />
        <WordsInput
          label={t('form.domains')}
          disabled={disabled}
          path={[...path, 'domains']}
          value={workload.domains}
          onChange={domains => set({ domains })}
          placeholder="shop.example.com"
          help={said('domains')}
        />
      </Inputs>
      <Fold
        inset
        defaultOpen={hadSource}
        summary={t(workload.source ? 'form.builtFrom' : 'form.builtElsewhere')}
      >
        <Inputs min={220}>
          <TextInput
            label={t('form.codeRepository')}
            disabled={disabled}
            path={[...path, 'source', 'repository']}
            firstOf={[...path, 'source']}
            value={workload.source?.repository}
            onChange={repository => setSource({ repository })}
            placeholder="shop/checkout"
            help={said('source', 'repository')}
          />
          <TextInput
            label={t('form.branch')}
            disabled={disabled}
            path={[...path, 'source', 'branch']}
            value={workload.source?.branch}
            onChange={branch => setSource({ branch })}
            placeholder="main"
            help={said('source', 'branch')}
          />
          <TextInput
            label={t('form.folder')}
            disabled={disabled}
            path={[...path, 'source', 'path']}
            value={workload.source?.path}
            onChange={folder => setSource({ path: folder })}
            placeholder="."
            help={said('source', 'path')}
          />
          <TextInput
            label={t('form.dockerfile')}
            disabled={disabled}
            path={[...path, 'source', 'dockerfile']}
            value={workload.source?.dockerfile}
            onChange={dockerfile => setSource({ dockerfile })}
            placeholder="Dockerfile"
            help={said('source', 'dockerfile')}
          />
        </Inputs>
      </Fold>
      <Fold
        inset
        defaultOpen={Boolean(workload.env?.length || workload.secrets?.length)}
        summary={`Variables and secrets (${
          (workload.env?.length ?? 0) + (workload.secrets?.length ?? 0)
        })`}
      >
        <VariablesEditor
          path={[...path, 'env']}
          variables={workload.env ?? []}
          onChange={env => set({ env })}
          onMakeSecret={makeSecret}
          disabled={disabled}
        />
        <SecretsEditor
          path={[...path, 'secrets']}
          secrets={workload.secrets ?? []}
          onChange={secrets => set({ secrets })}
          focused={asked}
          disabled={disabled}
        />
      </Fold>
    </>
  );
}
