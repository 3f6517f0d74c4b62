import { useTranslationRef } from '@backstage/frontend-plugin-api';
import KeyIcon from '@mui/icons-material/VpnKeyOutlined';
import Button from '@mui/material/Button';
import type { Path } from '../form';
import { slipwayTranslationRef } from '../translation';
import { change } from './drafts';
import { TextInput } from './inputs';
import { Inputs, ListEditor } from './ListEditor';
import { useProblem } from './ProblemContext';
import type { WorkloadDraft } from './WorkloadEditor';

type VariableDraft = NonNullable<WorkloadDraft['env']>[number];

/** Environment variables with plain values. @internal */
export function VariablesEditor(props: {
  path: Path;
  variables: VariableDraft[];
  onChange: (variables: VariableDraft[]) => void;
  /** Takes the variable away and asks for a reference of its name instead; what was typed is forgotten. */
  onMakeSecret: (index: number) => void;
  disabled?: boolean;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { path, variables, onChange, onMakeSecret, disabled } = props;
  return (
    <ListEditor<VariableDraft>
      noun={t('form.variableNoun')}
      items={variables}
      onChange={onChange}
      create={() => ({ value: '' })}
      nameOf={variable => variable.name}
      disabled={disabled}
      max={200}
    >
      {(variable, set, index) => (
        <Inputs>
          <TextInput
            label={t('form.variable')}
            required
            disabled={disabled}
            path={[...path, index, 'name']}
            value={variable.name}
            onChange={name => set(change(variable, { name }))}
            placeholder="LOG_LEVEL"
          />
          <TextInput
            label={t('form.value')}
            disabled={disabled}
            path={[...path, index, 'value']}
            value={variable.value}
            // An empty value is one: the variable is set to nothing.
            onChange={value => set({ ...variable, value: value ?? '' })}
            help={t('form.valueHelp')}
          />
          <SecretRemedy
            path={[...path, index, 'value']}
            onMakeSecret={() => onMakeSecret(index)}
            disabled={disabled}
          />
        </Inputs>
      )}
    </ListEditor>
  );
}

/** What can be done about a value that looks like a secret, beside what is wrong with it. */
function SecretRemedy(props: {
  path: Path;
  onMakeSecret: () => void;
  disabled?: boolean;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { code } = useProblem(props.path);
  if (code !== 'literal-secret') return null;
  return (
    <Button
      startIcon={<KeyIcon />}
      size="small"
      variant="outlined"
      onClick={props.onMakeSecret}
      disabled={props.disabled}
      sx={{ justifySelf: 'start' }}
    >
      {t('form.makeSecret')}
    </Button>
  );
}
