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

/** One line of text. @internal */
export function TextInput(props: InputProps<string>) {
  const {
    label,
    path,
    value,
    onChange,
    help,
    required,
    disabled,
    placeholder,
    firstOf,
    focused,
  } = props;
  const { error, onBlur } = useProblem(path, { firstOf });
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  return (
    <TextField
      inputRef={input}
      label={label}
      size="small"
      fullWidth
      value={shown(value)}
      onChange={event => onChange(textOrNothing(event.target.value))}
      onBlur={onBlur}
      error={error !== undefined}
      helperText={error ?? help}
      // The browser's own bubble would say it in other words, and only one at a time.
      InputLabelProps={{ required, shrink: true }}
      inputProps={{
        'aria-required': required,
        autoComplete: 'off',
        spellCheck: false,
      }}
      disabled={disabled}
      placeholder={placeholder}
    />
  );
}

/** A whole number; what is no number yet stays as it was typed. @internal */
export function NumberInput(props: InputProps<number | string>) {
  const {
    label,
    path,
    value,
    onChange,
    help,
    required,
    disabled,
    placeholder,
  } = props;
  const { error, onBlur } = useProblem(path);
  return (
    <TextField
      label={label}
      size="small"
      fullWidth
      value={shown(value)}
      onChange={event => onChange(numberOrText(event.target.value))}
      onBlur={onBlur}
      error={error !== undefined}
      helperText={error ?? help}
      InputLabelProps={{ required, shrink: true }}
      inputProps={{
        'aria-required': required,
        inputMode: 'numeric',
        autoComplete: 'off',
      }}
      disabled={disabled}
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

  const {
    label,
    path,
    value,
    onChange,
    help,
    required,
    disabled,
    choices,
    none,
  } = props;
  const { error, onBlur } = useProblem(path);
  // A value that is no choice (any more) stays visible, or nobody could see what is wrong with it.
  const isKnown =
    value === undefined || choices.some(choice => choice.value === value);
  return (
    <TextField
      select
      label={label}
      size="small"
      fullWidth
      value={shown(value)}
      onChange={event => onChange(textOrNothing(event.target.value))}
      onBlur={onBlur}
      error={error !== undefined}
      helperText={error ?? help}
      InputLabelProps={{ required, shrink: true }}
      SelectProps={{ displayEmpty: true }}
      disabled={disabled}
    >
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
