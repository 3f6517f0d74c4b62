import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { ReactNode } from 'react';
import { FILTER_ID } from './PlatformShortcuts';

/** The filters of a list, in one line above it. @internal */
export const Filters = (props: { children: ReactNode }) => (
  <Box role="search" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
    {props.children}
  </Box>
);

/** @internal */
export const TextFilter = (props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) => (
  <TextField
    id={FILTER_ID}
    label={props.label}
    type="search"
    size="small"
    value={props.value}
    onChange={event => props.onChange(event.target.value)}
    sx={{ minWidth: 240 }}
  />
);

/** @internal */
export const ChoiceFilter = (props: {
  label: string;
  value: string;
  choices: ReadonlyArray<readonly [value: string, text: string]>;
  onChange: (value: string) => void;
}) => (
  <TextField
    select
    label={props.label}
    size="small"
    value={props.value}
    onChange={event => props.onChange(event.target.value)}
    sx={{ minWidth: 160 }}
    // Empty is a choice of its own ("All"), so the label must not cover it.
    InputLabelProps={{ shrink: true }}
    SelectProps={{ displayEmpty: true }}
  >
    {props.choices.map(([value, text]) => (
      <MenuItem key={value} value={value}>
        {text}
      </MenuItem>
    ))}
  </TextField>
);
