import { useTranslationRef } from '@backstage/frontend-plugin-api';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import { useId, type ReactNode } from 'react';
import { slipwayTranslationRef } from '../translation';
import { NOTHING_SAID, SaidAbove } from './State';

/**
 * What opens at the side for one thing of a list, with the list still in sight. Escape closes it, and focus goes back
 * to where it came from.
 *
 * @internal
 */
export function SideDrawer(props: {
  open: boolean;
  title: ReactNode;
  /** Beside the title: a state, a tag. */
  aside?: ReactNode;
  /** Below the title, above what scrolls. */
  head?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const { open, title, aside, head, onClose, children } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const id = useId();
  return (
    <Drawer
      anchor="right"
      open={open}
      onClose={onClose}
      PaperProps={{
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': id,
        sx: {
          width: 'min(960px, 100vw)',
          display: 'flex',
          flexDirection: 'column',
          // Outside the page, so it has to bring the page's own letters.
          typography: 'body2',
          lineHeight: 1.45,
        },
      }}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1.5,
          pl: 2,
          pr: 1,
          pt: 1.5,
          pb: 1,
        }}
      >
        <Box
          component="h2"
          id={id}
          sx={{
            m: 0,
            fontSize: '1.0625rem',
            fontWeight: 700,
            minWidth: 0,
            overflowWrap: 'anywhere',
          }}
        >
          {title}
        </Box>
        <Box sx={{ fontSize: '0.875rem', flex: 'none' }}>{aside}</Box>
        <IconButton
          onClick={onClose}
          aria-label={t('object.close')}
          size="small"
          sx={{ ml: 'auto' }}
        >
          <CloseIcon fontSize="small" />
        </IconButton>
      </Box>
      {head}
      <Box
        sx={{
          flex: 1,
          minHeight: 0,
          overflow: 'auto',
          display: 'flex',
          flexDirection: 'column',
          borderTop: 1,
          borderColor: 'divider',
        }}
      >
        <SaidAbove.Provider value={NOTHING_SAID}>{children}</SaidAbove.Provider>
      </Box>
    </Drawer>
  );
}
