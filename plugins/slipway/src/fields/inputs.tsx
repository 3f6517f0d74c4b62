import { useTranslationRef } from '@backstage/frontend-plugin-api';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Path } from '../form';
import { slipwayTranslationRef } from '../translation';
import { numberOrText, shown, textOrNothing } from './drafts';
import { useProblem } from './ProblemContext';

interface InputProps<T> {
  label: string;
  path: Path;
  value: T | undefined;
  onChange: (value: T | undefined) => void;
  help?: string;
  required?: boolean;
  disabled?: boolean;
  placeholder?: string;
  /** Told here when all of it is missing: this input is the first to fill in of it. */
  firstOf?: Path;
  /** It came because somebody asked for it, and is what they fill in next. */
  focused?: boolean;
}

/** What every input tells the field that draws it, with the problem of its path in place of the help. */
function useField<T extends string | number>(
  props: InputProps<T>,
  read: (text: string) => T | undefined,
  firstOf?: Path,
) {
  const { label, path, value, onChange, help, required, disabled } = props;
  const { error, onBlur } = useProblem(path, { firstOf });
  return {
    label,
    size: 'small',
    fullWidth: true,
    value: shown(value),
    onChange: (event: { target: { value: string } }) =>
      onChange(read(event.target.value)),
    onBlur,
    error: error !== undefined,
    helperText: error ?? help,
    // The browser's own bubble would say it in other words, and only one at a time.
    InputLabelProps: { required, shrink: true },
    disabled,
  } as const;
}

/** One line of text. @internal */
export function TextInput(props: InputProps<string>) {
  const { required, placeholder, firstOf, focused } = props;
  const field = useField(props, textOrNothing, firstOf);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  return (
    <TextField
      {...field}
      inputRef={input}
      inputProps={{
        'aria-required': required,
        autoComplete: 'off',
        spellCheck: false,
      }}
      placeholder={placeholder}
    />
  );
}

/** A whole number; what is no number yet stays as it was typed. @internal */
export function NumberInput(props: InputProps<number | string>) {
  const { required, placeholder } = props;
  return (
    <TextField
      {...useField(props, numberOrText)}
      inputProps={{
        'aria-required': required,
        inputMode: 'numeric',
        autoComplete: 'off',
      }}
      placeholder={placeholder}
    />
  );
}

/** One of a few. @internal */
export function ChoiceInput(
  props: InputProps<string> & {
    choices: ReadonlyArray<{
      value: string;
      text: ReactNode;
      disabled?: boolean;
    }>;
    /** What leaving it open means; without it something has to be chosen. */
    none?: string;
  },
) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { value, choices, none } = props;
  const field = useField(props, textOrNothing);
  // A value that is no choice (any more) stays visible, or nobody could see what is wrong with it.
  const isKnown =
    value === undefined || choices.some(choice => choice.value === value);
  return (
    <TextField {...field} select SelectProps={{ displayEmpty: true }}>
      <MenuItem value="" disabled={none === undefined}>
        <em>{none ?? t('form.choose')}</em>
      </MenuItem>
      {choices.map(choice => (
        <MenuItem
          key={choice.value}
          value={choice.value}
          disabled={choice.disabled}
        >
          {choice.text}
        </MenuItem>
      ))}
      {!isKnown && <MenuItem value={value}>{value}</MenuItem>}
    </TextField>
  );
}
