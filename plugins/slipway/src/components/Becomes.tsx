import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ArrowIcon from '@mui/icons-material/ArrowForward';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { HIDDEN } from '../theme';
import { slipwayTranslationRef } from '../translation';

/**
 * One value and the one that follows it. The arrow is drawn, as not every font has one, and said, as not every reader
 * reads a sign.
 *
 * @internal
 */
export function Becomes(props: { from: ReactNode; to: ReactNode }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <>
      {props.from}{' '}
      <ArrowIcon
        aria-hidden
        sx={{ fontSize: '1.1em', verticalAlign: '-0.15em' }}
      />
      <Box component="span" sx={HIDDEN}>
        {t('parts.becomes')}
      </Box>{' '}
      {props.to}
    </>
  );
}
