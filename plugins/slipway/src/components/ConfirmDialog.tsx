import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useId, useState, type ReactNode } from 'react';
import { SENTENCE } from '../theme';
import { slipwayTranslationRef } from '../translation';

/**
 * Asks before something that can't simply be taken back. Where data dies it asks for the name, so that nobody loses it
 * by a second click.
 *
 * @internal
 */
export function ConfirmDialog(props: {
  open: boolean;
  title: string;
  confirm: string;
  /** What has to be typed. */
  typed?: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { open, onClose, title } = props;
  const titleId = useId();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      aria-labelledby={titleId}
      maxWidth="sm"
      fullWidth
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      {/* Unmounted when closed, so that the next question starts with nothing typed. */}
      {open && <ConfirmBody {...props} />}
    </Dialog>
  );
}

/** A question that was asked for takes the focus: first to what has to be typed, else to the answer. */
const focus = (element: HTMLElement | null) => element?.focus();

function ConfirmBody(props: Parameters<typeof ConfirmDialog>[0]) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { typed, confirm, danger, busy, onConfirm, onClose, children } = props;
  const [text, setText] = useState('');
  const ready = !busy && (typed === undefined || text === typed);
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        if (ready) {
          onConfirm();
        }
      }}
    >
      <DialogContent sx={{ pt: 0 }}>
        {children}
        {typed !== undefined && (
          <TextField
            label={t('parts.typeToConfirm', { typed })}
            value={text}
            onChange={event => setText(event.target.value)}
            autoComplete="off"
            size="small"
            fullWidth
            inputRef={focus}
            sx={{ mt: 2 }}
          />
        )}
      </DialogContent>
      <DialogActions sx={{ '& button': SENTENCE }}>
        <Button type="button" onClick={onClose}>
          {t('parts.cancel')}
        </Button>
        <Button
          type="submit"
          variant="contained"
          color={danger ? 'error' : 'primary'}
          disabled={!ready}
          ref={typed === undefined ? focus : undefined}
        >
          {confirm}
        </Button>
      </DialogActions>
    </form>
  );
}
