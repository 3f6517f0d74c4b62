import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Path } from '../form';
import { slipwayTranslationRef } from '../translation';
import { change } from './drafts';
import { help } from './help';
import { ChoiceInput, TextInput } from './inputs';
import { Inputs, ListEditor } from './ListEditor';
import type { WorkloadDraft } from './WorkloadEditor';

type SecretDraft = NonNullable<WorkloadDraft['secrets']>[number];
type Reference = NonNullable<SecretDraft['from']>;

const said = (...path: string[]) =>
  help('spec', 'workloads', 'secrets', ...path);

const PLACES = [
  { value: 'vault', text: 'Vault' },
  { value: 'store', text: 'External Secrets store' },
];

/**
 * Secrets by reference: where each is kept, never what it is.
 *
 * @internal
 */
export function SecretsEditor(props: {
  path: Path;
  secrets: SecretDraft[];
  onChange: (secrets: SecretDraft[]) => void;
  /** The secret that was asked for last in place of a variable. */
  focused?: number;
  disabled?: boolean;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { path, secrets, onChange, focused, disabled } = props;
  return (
    <ListEditor<SecretDraft>
      noun={t('form.secretNoun')}
      items={secrets}
      onChange={onChange}
      create={() => ({ from: { vault: '' } })}
      nameOf={secret => secret.name}
      disabled={disabled}
      max={100}
    >
      {(secret, set, index) => (
        <Inputs>
          <TextInput
            label={t('form.variable')}
            required
            disabled={disabled}
            path={[...path, index, 'name']}
            value={secret.name}
            onChange={name => set(change(secret, { name }))}
            placeholder="API_KEY"
            help={said('name')}
          />
          <ReferenceInputs
            path={[...path, index, 'from']}
            reference={secret.from ?? {}}
            focused={index === focused}
            onChange={from => set(change(secret, { from }))}
            disabled={disabled}
          />
        </Inputs>
      )}
    </ListEditor>
  );
}

/** Where one secret is kept: a Vault path and key, or a store with a key. */
function ReferenceInputs(props: {
  path: Path;
  reference: Reference;
  onChange: (reference: Reference) => void;
  focused?: boolean;
  disabled?: boolean;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { path, reference, onChange, focused, disabled } = props;
  const place = reference.vault === undefined ? 'store' : 'vault';
  const set = (changes: Reference) => onChange({ ...reference, ...changes });
  return (
    <>
      <ChoiceInput
        label={t('form.keptIn')}
        disabled={disabled}
        path={path}
        value={place}
        onChange={next =>
          onChange(next === 'store' ? { store: '', key: '' } : { vault: '' })
        }
        choices={PLACES}
      />
      {place === 'vault' ? (
        <TextInput
          label={t('form.pathAndKey')}
          required
          disabled={disabled}
          path={[...path, 'vault']}
          value={reference.vault}
          focused={focused}
          onChange={vault => set({ vault: vault ?? '' })}
          placeholder="shop/payments#api-key"
          help={said('from', 'vault')}
        />
      ) : (
        <>
          <TextInput
            label={t('form.store')}
            required
            disabled={disabled}
            path={[...path, 'store']}
            value={reference.store}
            onChange={store => set({ store: store ?? '' })}
          />
          <TextInput
            label={t('form.key')}
            required
            disabled={disabled}
            path={[...path, 'key']}
            value={reference.key}
            onChange={key => set({ key: key ?? '' })}
          />
          <TextInput
            label={t('form.property')}
            disabled={disabled}
            path={[...path, 'property']}
            value={reference.property}
            onChange={property => onChange(change(reference, { property }))}
          />
        </>
      )}
    </>
  );
}
