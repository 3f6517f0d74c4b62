import { useTranslationRef } from '@backstage/frontend-plugin-api';
import KeyboardIcon from '@mui/icons-material/KeyboardOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import Switch from '@mui/material/Switch';
import { useId, useState } from 'react';
import { MONO, SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { useShortcuts, type Shortcut } from './useShortcuts';

const Key = (props: { children: string }) => (
  <Box
    component="kbd"
    sx={{
      display: 'inline-block',
      minWidth: '1.9em',
      px: 0.75,
      textAlign: 'center',
      fontFamily: MONO,
      fontSize: '0.8125rem',
      border: 1,
      borderBottomWidth: 2,
      borderColor: 'divider',
      borderRadius: 0.5,
    }}
  >
    {props.children}
  </Box>
);

/**
 * The keys of a page, and the list of them: by `?`, or by its button for whoever doesn't know that yet.
 *
 * @internal
 */
export function Shortcuts(props: { items: Shortcut[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [open, setOpen] = useState(false);
  const id = useId();
  const items: Shortcut[] = [
    ...props.items,
    { keys: '?', label: t('shortcuts.list'), run: () => setOpen(true) },
  ];
  const { on, setOn } = useShortcuts(items);
  return (
    <>
      <IconButton
        size="small"
        onClick={() => setOpen(true)}
        aria-label={t('shortcuts.open')}
        title={t('shortcuts.open')}
        // Where it is this narrow there is hardly a keyboard; the key works all the same.
        sx={{
          display: { xs: 'none', sm: 'inline-flex' },
          '@media print': { display: 'none' },
        }}
      >
        <KeyboardIcon fontSize="small" />
      </IconButton>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        aria-labelledby={id}
        maxWidth="xs"
        fullWidth
      >
        <DialogTitle id={id}>{t('shortcuts.title')}</DialogTitle>
        <DialogContent>
          <Box
            component="dl"
            sx={{
              display: 'grid',
              gridTemplateColumns: 'auto 1fr',
              columnGap: 2,
              rowGap: 0.75,
              alignItems: 'baseline',
              m: 0,
              fontSize: '0.875rem',
            }}
          >
            {items.map(({ keys, label }) => (
              <Box key={keys} sx={{ display: 'contents' }}>
                <Box component="dt">
                  <Key>{keys}</Key>
                </Box>
                <Box component="dd" sx={{ m: 0 }}>
                  {label}
                </Box>
              </Box>
            ))}
          </Box>
          <FormControlLabel
            sx={{ mt: 2 }}
            control={
              <Switch
                size="small"
                checked={on}
                onChange={(_event, checked) => setOn(checked)}
              />
            }
            label={t('shortcuts.on')}
            slotProps={{ typography: { fontSize: '0.875rem' } }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)} sx={SENTENCE}>
            {t('shortcuts.close')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
