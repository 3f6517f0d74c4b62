import { useTranslationRef } from '@backstage/frontend-plugin-api';
import WarningIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ApiEnvironmentDetails } from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import { SENTENCE, TABULAR, tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';

type Warning = NonNullable<ApiEnvironmentDetails['warnings']>[number];

/** The newest say what is wrong now. */
const FEW = 4;

/**
 * What the cluster warned of lately, below the objects that it is about. Draws nothing when it warned of nothing.
 *
 * @internal
 */
export function Warnings(props: { warnings: Warning[] }) {
  const { warnings } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [all, setAll] = useState(false);
  if (warnings.length === 0) {
    return null;
  }
  const shown = all ? warnings : warnings.slice(0, FEW);
  return (
    <Box
      sx={{ borderTop: 1, borderColor: 'divider', py: 1, fontSize: '0.875rem' }}
    >
      <Box
        component="h2"
        sx={{ m: 0, px: 2, fontSize: '0.8125rem', fontWeight: 700 }}
      >
        {t('resources.warnings')}
      </Box>
      <Box
        component="ul"
        aria-label={t('resources.warnings')}
        sx={{ listStyle: 'none', m: 0, p: 0 }}
      >
        {shown.map((warning, index) => (
          <Box
            component="li"
            key={`${warning.kind}/${warning.name}/${warning.reason}/${warning.firstSeen ?? index}`}
            sx={{
              display: 'grid',
              gridTemplateColumns: '18px minmax(0, 1fr) auto',
              columnGap: 1,
              px: 2,
              py: 0.5,
            }}
          >
            <WarningIcon
              aria-hidden
              sx={{
                fontSize: 16,
                mt: '3px',
                color: theme => tone(theme, 'wait'),
              }}
            />
            <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              <Box component="span" sx={{ color: 'text.secondary' }}>
                {warning.kind}
              </Box>{' '}
              <strong>{warning.name}</strong> {warning.reason}:{' '}
              {warning.message}
              {warning.count > 1 && (
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {' · '}
                  {t('object.times', { number: `${warning.count}` })}
                </Box>
              )}
            </Box>
            <Box sx={{ color: 'text.secondary', ...TABULAR }}>
              {warning.lastSeen && <RelativeTime at={warning.lastSeen} />}
            </Box>
          </Box>
        ))}
      </Box>
      {shown.length < warnings.length && (
        <Button
          size="small"
          onClick={() => setAll(true)}
          sx={{ ...SENTENCE, ml: 1.5 }}
        >
          {t('timeline.rest', { count: warnings.length - shown.length })}
        </Button>
      )}
    </Box>
  );
}
