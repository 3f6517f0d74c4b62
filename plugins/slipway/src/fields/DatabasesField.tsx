import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { DATABASE_ENGINES } from '@slipway/plugin-slipway-common';
import type { DatabaseInput, Draft } from '../form';
import { slipwayTranslationRef } from '../translation';
import { change } from './drafts';
import { FieldFrame } from './FieldFrame';
import { formOf } from './formOf';
import { help } from './help';
import { ChoiceInput, TextInput } from './inputs';
import { Inputs, ListEditor } from './ListEditor';
import { itemsOf } from './itemsOf';
import type { ListFieldProps } from './schemas';

type DatabaseDraft = Draft<DatabaseInput>;

const said = (...path: string[]) => help('spec', 'databases', ...path);

const ENGINES = DATABASE_ENGINES.map(engine => ({
  value: engine,
  text: engine,
}));

/** The versions that are current when this was written; a person may type any. */
const VERSIONS: Record<string, string> = {
  postgres: '16',
  mysql: '8.4',
  redis: '7.4',
  mongodb: '8.0',
};

/**
 * The databases of a service.
 *
 * @internal
 */
export function DatabasesField(props: ListFieldProps) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { formData, onChange, formContext, rawErrors, schema } = props;
  const disabled = props.disabled || props.readonly;
  const databases = itemsOf<DatabaseDraft>(formData);
  return (
    <FieldFrame
      title={schema.title ?? t('form.databases')}
      help={schema.description ?? help('spec', 'databases')}
      form={{ ...formOf(formContext), databases }}
      path={['spec', 'databases']}
      refused={Boolean(rawErrors?.length)}
    >
      <ListEditor<DatabaseDraft>
        noun={t('form.databaseNoun')}
        items={databases}
        onChange={next => onChange(next as ListFieldProps['formData'])}
        create={() => ({
          engine: 'postgres',
          version: VERSIONS.postgres,
          size: '1Gi',
        })}
        nameOf={database => database.name}
        disabled={disabled}
        max={20}
        none={t('form.databasesNone')}
      >
        {(database, set, index) => (
          <DatabaseInputs
            database={database}
            onChange={set}
            index={index}
            disabled={disabled}
          />
        )}
      </ListEditor>
    </FieldFrame>
  );
}

function DatabaseInputs(props: {
  database: DatabaseDraft;
  onChange: (database: DatabaseDraft) => void;
  index: number;
  disabled?: boolean;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { database, onChange, index, disabled } = props;
  const path = ['spec', 'databases', index] as const;
  const set = (changes: Partial<DatabaseDraft>) =>
    onChange(change(database, changes));

  const setEngine = (engine: string | undefined) => {
    const untouched = Object.values(VERSIONS).includes(database.version ?? '');
    set({
      engine: engine as DatabaseDraft['engine'],
      // A version that nobody typed follows the engine.
      ...(untouched && engine && { version: VERSIONS[engine] }),
    });
  };

  return (
    <Inputs>
      <TextInput
        label={t('form.name')}
        required
        disabled={disabled}
        path={[...path, 'name']}
        value={database.name}
        onChange={name => set({ name })}
        placeholder="orders"
      />
      <ChoiceInput
        label={t('form.engine')}
        required
        disabled={disabled}
        path={[...path, 'engine']}
        value={database.engine}
        onChange={setEngine}
        choices={ENGINES}
      />
      <TextInput
        label={t('form.version')}
        required
        disabled={disabled}
        path={[...path, 'version']}
        value={database.version}
        onChange={version => set({ version })}
      />
      <TextInput
        label={t('form.size')}
        required
        disabled={disabled}
        path={[...path, 'size']}
        value={database.size}
        onChange={size => set({ size })}
        help={said('size')}
      />
      <ChoiceInput
        label={t('form.runBy')}
        disabled={disabled}
        path={[...path, 'mode']}
        value={database.mode === 'statefulset' ? undefined : database.mode}
        onChange={mode => set({ mode: mode as DatabaseDraft['mode'] })}
        choices={[{ value: 'operator', text: t('form.runByOperator') }]}
        none={t('form.runBySlipway')}
      />
    </Inputs>
  );
}
