import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { Path } from '../form';
import { useProblem } from './ProblemContext';

/**
 * Several words: typed, or taken from what is offered. What is typed and not yet added is added on leaving, so that
 * nobody loses it by going on to the next input.
 *
 * @internal
 */
export function WordsInput(props: {
  label: string;
  path: Path;
  value: string[] | undefined;
  onChange: (value: string[]) => void;
  offered?: string[];
  help?: string;
  disabled?: boolean;
  placeholder?: string;
}) {
  const {
    label,
    path,
    value = [],
    onChange,
    help,
    disabled,
    placeholder,
  } = props;
  const { offered = [] } = props;
  const [typed, setTyped] = useState('');
  const { error, onBlur } = useProblem(path, { deep: true });

  const add = () => {
    const word = typed.trim();
    if (word && !value.includes(word)) {
      onChange([...value, word]);
    }
    setTyped('');
  };

  return (
    <Autocomplete
      multiple
      freeSolo
      size="small"
      options={offered.filter(option => !value.includes(option))}
      value={value}
      onChange={(_event, next) =>
        onChange(next.map(word => word.trim()).filter(Boolean))
      }
      inputValue={typed}
      onInputChange={(_event, text) => setTyped(text)}
      onBlur={() => {
        add();
        onBlur();
      }}
      disabled={disabled}
      renderInput={params => (
        <TextField
          {...params}
          label={label}
          placeholder={placeholder}
          error={error !== undefined}
          helperText={error ?? help}
          InputLabelProps={{ ...params.InputLabelProps, shrink: true }}
        />
      )}
    />
  );
}
