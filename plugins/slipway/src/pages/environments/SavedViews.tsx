import { useTranslationRef } from '@backstage/frontend-plugin-api';
import DeleteIcon from '@mui/icons-material/DeleteOutline';
import ViewsIcon from '@mui/icons-material/BookmarkBorder';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Popover from '@mui/material/Popover';
import TextField from '@mui/material/TextField';
import { useId, useRef, useState } from 'react';
import { Link as RouterLink, useLocation } from 'react-router-dom';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { useSavedViews } from './useSavedViews';

/**
 * The reader's own views of the list: each a filter and an order under a name.
 *
 * @internal
 */
export function SavedViews() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { search } = useLocation();
  const { views, save, remove } = useSavedViews();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [naming, setNaming] = useState(false);
  return (
    <>
      <Button
        size="small"
        startIcon={<ViewsIcon />}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={event => setAnchor(event.currentTarget)}
        sx={{ ...SENTENCE, '@media print': { display: 'none' } }}
      >
        {t('views.button')}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: { role: 'dialog', 'aria-label': t('views.button') } as object,
        }}
      >
        <Box sx={{ minWidth: 240, maxWidth: 340, py: 1, fontSize: '0.875rem' }}>
          {views.length === 0 && (
            <Box sx={{ px: 2, pb: 1, color: 'text.secondary' }}>
              {t('views.none')}
            </Box>
          )}
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {views.map(view => (
              <Box
                component="li"
                key={view.name}
                sx={{ display: 'flex', alignItems: 'center', px: 2 }}
              >
                <Link
                  component={RouterLink}
                  to={{ search: view.search }}
                  onClick={() => setAnchor(null)}
                  underline="hover"
                  aria-current={view.search === search ? 'true' : undefined}
                  sx={{
                    flex: 1,
                    minWidth: 0,
                    overflowWrap: 'anywhere',
                    fontWeight: view.search === search ? 700 : 400,
                  }}
                >
                  {view.name}
                </Link>
                <IconButton
                  size="small"
                  aria-label={t('views.remove', { name: view.name })}
                  onClick={() => remove(view.name)}
                >
                  <DeleteIcon fontSize="small" />
                </IconButton>
              </Box>
            ))}
          </Box>
          {views.length > 0 && <Divider sx={{ my: 1 }} />}
          <Box sx={{ px: 1 }}>
            <Button
              size="small"
              onClick={() => {
                setAnchor(null);
                setNaming(true);
              }}
            >
              {t('views.save')}
            </Button>
          </Box>
        </Box>
      </Popover>
      {naming && (
        <NameDialog
          names={views.map(({ name }) => name)}
          onClose={() => setNaming(false)}
          onSave={name => {
            save({ name, search });
            setNaming(false);
          }}
        />
      )}
    </>
  );
}

function NameDialog(props: {
  names: string[];
  onSave: (name: string) => void;
  onClose: () => void;
}) {
  const { names, onSave, onClose } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [value, setValue] = useState('');
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const name = value.trim();
  return (
    <Dialog
      open
      onClose={onClose}
      aria-labelledby={id}
      maxWidth="xs"
      fullWidth
      // It was opened to be typed into.
      TransitionProps={{ onEntering: () => field.current?.focus() }}
    >
      <form
        onSubmit={event => {
          event.preventDefault();
          if (name) onSave(name);
        }}
      >
        <DialogTitle id={id}>{t('views.save')}</DialogTitle>
        <DialogContent>
          <TextField
            inputRef={field}
            fullWidth
            size="small"
            margin="dense"
            label={t('views.name')}
            value={value}
            onChange={event => setValue(event.target.value)}
            inputProps={{ maxLength: 80 }}
            helperText={names.includes(name) ? t('views.replaces') : ' '}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('views.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!name}>
            {t('views.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
