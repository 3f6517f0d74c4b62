import Box from '@mui/material/Box';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import type { ComponentType, ReactNode } from 'react';
import { tint, tone, type Tone } from '../../theme';

/**
 * A line across the top of a view that says something about all of it.
 *
 * @internal
 */
export function Notice(props: {
  tone: Tone;
  icon: ComponentType<SvgIconProps>;
  /** Interrupts a screen reader; only for what a person just caused. */
  urgent?: boolean;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { tone: name, icon: Icon, urgent, actions, children } = props;
  return (
    <Box
      role={urgent ? 'alert' : 'status'}
      sx={{
        display: 'flex',
        alignItems: 'flex-start',
        gap: 1,
        px: 2,
        py: 1,
        fontSize: '0.875rem',
        bgcolor: theme => tint(theme, name),
      }}
    >
      <Icon
        aria-hidden
        sx={{ fontSize: 18, mt: '1px', color: theme => tone(theme, name) }}
      />
      <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {children}
      </Box>
      {/* A button is higher than the line that it belongs to. */}
      {actions && <Box sx={{ my: -0.5 }}>{actions}</Box>}
    </Box>
  );
}
