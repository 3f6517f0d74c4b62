import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { tone, type Tone } from '../theme';

/**
 * Words in a state's colour; the word carries the meaning, the colour only helps to find it.
 *
 * @internal
 */
export function Toned(props: {
  tone: Tone;
  bold?: boolean;
  children: ReactNode;
}) {
  return (
    <Box
      component="span"
      sx={{
        color: theme => tone(theme, props.tone),
        fontWeight: props.bold === false ? undefined : 700,
      }}
    >
      {props.children}
    </Box>
  );
}
