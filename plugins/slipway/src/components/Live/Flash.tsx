import { keyframes } from '@mui/material/styles';
import Box from '@mui/material/Box';
import type { SxProps, Theme } from '@mui/material/styles';
import { useRef, type ElementType, type ReactNode } from 'react';

const BEAT_MS = 1_600;

// Two of the same: an animation only starts again when its name is another one.
const flashes = [0, 1].map(
  () => keyframes`
    from { background-color: var(--slipway-flash); }
    to { background-color: transparent; }
  `,
);

/** Lights up once as it comes: a row that wasn't there when the page opened. @internal */
export const FRESH = {
  '--slipway-flash': (theme: Theme) => theme.palette.action.selected,
  '@media (prefers-reduced-motion: no-preference)': {
    animation: `${flashes[0]} ${BEAT_MS}ms ease-out`,
  },
} as const;

/**
 * How often a value has changed since it was first drawn.
 *
 * @internal
 */
export function useChanges(value: string | number | undefined): number {
  const seen = useRef({ value, changes: 0 });
  if (seen.current.value !== value) {
    seen.current = { value, changes: seen.current.changes + 1 };
  }
  return seen.current.changes;
}

/**
 * Lights up once when what it stands for has changed, so that a live update is seen where it happened. Nothing moves
 * for people who asked for less motion, and nothing is drawn anew: focus and selection stay.
 *
 * @internal
 */
export function Flash(props: {
  /** What is watched; a new value lights it up. */
  of: string | number | undefined;
  component?: ElementType;
  sx?: SxProps<Theme>;
  children?: ReactNode;
}) {
  const { of, component = 'div', sx, children } = props;
  const changes = useChanges(of);
  return (
    <Box
      component={component}
      data-flashes={changes}
      sx={[
        ...(Array.isArray(sx) ? sx : [sx]),
        changes > 0 && {
          borderRadius: 0.5,
          '--slipway-flash': (theme: Theme) => theme.palette.action.selected,
          '@media (prefers-reduced-motion: no-preference)': {
            animation: `${flashes[changes % 2]} ${BEAT_MS}ms ease-out`,
          },
        },
      ]}
    >
      {children}
    </Box>
  );
}
