import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';
import { LiveMark } from './State';

/**
 * The one box of a view: a title, what stands beside it, and the content edge to edge.
 *
 * @internal
 */
export function Panel(props: {
  title: ReactNode;
  aside?: ReactNode;
  actions?: ReactNode;
  /** Pads the content; rows and tables go edge to edge. */
  padded?: boolean;
  children: ReactNode;
}) {
  const { title, aside, actions, padded, children } = props;
  const id = useId();
  return (
    <Paper
      component="section"
      variant="outlined"
      aria-labelledby={id}
      sx={{ overflow: 'hidden', lineHeight: 1.45 }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'baseline',
          gap: 1,
          px: 2,
          py: 1.5,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Typography
          id={id}
          component="h2"
          sx={{ fontSize: '1rem', fontWeight: 700, m: 0 }}
        >
          {title}
        </Typography>
        {aside && (
          <Typography component="span" variant="body2" color="text.secondary">
            {aside}
          </Typography>
        )}
        <LiveMark />
        {actions && (
          <Box
            sx={{
              ml: 'auto',
              // Buttons are higher than the line, and must not push its words down.
              my: -0.75,
              alignSelf: 'center',
              display: 'flex',
              alignItems: 'center',
              gap: 1,
            }}
          >
            {actions}
          </Box>
        )}
      </Box>
      <Box sx={padded ? { px: 2, py: 1.5 } : undefined}>{children}</Box>
    </Paper>
  );
}
