import type { Path } from '../form';
import { change } from './drafts';
import { TextInput } from './inputs';
import { Inputs, ListEditor } from './ListEditor';
import type { WorkloadDraft } from './WorkloadEditor';

type VariableDraft = NonNullable<WorkloadDraft['env']>[number];

/** Environment variables with plain values. @internal */
export function VariablesEditor(props: {
  path: Path;
  variables: VariableDraft[];
  onChange: (variables: VariableDraft[]) => void;
  disabled?: boolean;
}) {
  const { path, variables, onChange, disabled } = props;
  return (
    <ListEditor<VariableDraft>
      noun="variable"
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
            label="Variable"
            required
            disabled={disabled}
            path={[...path, index, 'name']}
            value={variable.name}
            onChange={name => set(change(variable, { name }))}
            placeholder="LOG_LEVEL"
          />
          <TextInput
            label="Value"
            disabled={disabled}
            path={[...path, index, 'value']}
            value={variable.value}
            // An empty value is one: the variable is set to nothing.
            onChange={value => set({ ...variable, value: value ?? '' })}
            help="Written to Git as it is. A secret belongs below, by reference."
          />
        </Inputs>
      )}
    </ListEditor>
  );
}
