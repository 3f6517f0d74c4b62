import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { LiveNotice } from '../components';
import { PAPER } from '../theme';

/**
 * The content of a page below its header: one column, even gaps.
 *
 * @internal
 */
export const PageBody = (props: { children: ReactNode }) => (
  <Box
    component="main"
    sx={{
      display: 'flex',
      flexDirection: 'column',
      gap: 2,
      p: { xs: 2, md: 3 },
      color: 'text.primary',
      lineHeight: 1.45,
      ...PAPER,
    }}
  >
    <LiveNotice>{props.children}</LiveNotice>
  </Box>
);
