import { useTranslationRef } from '@backstage/frontend-plugin-api';
import DoneIcon from '@mui/icons-material/Check';
import Button from '@mui/material/Button';
import { useEffect, useRef } from 'react';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { ActionError } from '../Actions';
import { Notice } from '../State';

/** Long enough to be read; the road says the rest. */
const SHOWN_MS = 12_000;

/**
 * How it went with what was asked for: an error stays until the next try, that it was taken goes away by itself.
 *
 * @internal
 */
export function ActionResult(props: {
  asked?: string;
  error: unknown;
  onDismiss: () => void;
}) {
  const { asked, error, onDismiss } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  // A new function at each draw is no reason to start over.
  const dismiss = useRef(onDismiss);
  useEffect(() => {
    dismiss.current = onDismiss;
  });
  useEffect(() => {
    if (!asked) {
      return undefined;
    }
    const timer = setTimeout(() => dismiss.current(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  return (
    <>
      <ActionError error={error} />
      {asked && (
        <Notice
          tone="go"
          icon={DoneIcon}
          actions={
            <Button
              size="small"
              onClick={onDismiss}
              sx={{ ...SENTENCE, py: 0 }}
            >
              {t('actions.dismiss')}
            </Button>
          }
        >
          {t('actions.asked', { action: asked })}
        </Notice>
      )}
    </>
  );
}
