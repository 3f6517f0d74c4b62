import { useTranslationRef } from '@backstage/frontend-plugin-api';
import SyncDisabledIcon from '@mui/icons-material/SyncDisabled';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, type ReactNode } from 'react';
import { useLiveState } from '../../api';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';
import { Notice } from './Notice';

/** True inside of something that says already that live updates are lost. */
const Said = createContext(false);

/**
 * Says above a page that what is on it is no longer kept up to date by itself, and since when. Draws nothing while it
 * is, or where the app has no live updates. What is inside doesn't say it again.
 *
 * @internal
 */
export function LiveNotice(props: { children: ReactNode }) {
  const { state, since } = useLiveState();
  const { t } = useTranslationRef(slipwayTranslationRef);
  const cache = useQueryClient();
  return (
    <Said.Provider value>
      {state === 'lost' && (
        <Notice
          tone="wait"
          icon={SyncDisabledIcon}
          actions={
            <Button
              size="small"
              sx={SENTENCE}
              onClick={() => void cache.refetchQueries({ type: 'active' })}
            >
              {t('live.refresh')}
            </Button>
          }
        >
          <strong>{t('live.lost')}</strong> {t('live.asking')} (
          <RelativeTime at={since.getTime()} form="ago" />)
        </Notice>
      )}
      {props.children}
    </Said.Provider>
  );
}

/**
 * The same in a word, for a card that stands among those of others.
 *
 * @internal
 */
export function LiveMark() {
  const { state } = useLiveState();
  const { t } = useTranslationRef(slipwayTranslationRef);
  const said = useContext(Said);
  if (said || state !== 'lost') return null;
  return (
    <Box
      component="span"
      role="status"
      title={t('live.asking')}
      sx={{
        fontSize: '0.8125rem',
        color: 'text.secondary',
      }}
    >
      <SyncDisabledIcon
        aria-hidden
        sx={{ fontSize: 16, verticalAlign: '-3px' }}
      />{' '}
      {t('live.lost')}
    </Box>
  );
}
