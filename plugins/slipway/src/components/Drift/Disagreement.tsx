import { useTranslationRef } from '@backstage/frontend-plugin-api';
import DifferIcon from '@mui/icons-material/CallSplit';
import Box from '@mui/material/Box';
import type { ApiDrift } from '@slipway/plugin-slipway-common';
import { slipwayTranslationRef } from '../../translation';

/**
 * Where Argo CD says something else than we do, and why. Draws nothing where both agree.
 *
 * @internal
 */
export function Disagreement(props: { drift: ApiDrift }) {
  const { argocd } = props.drift;
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (!argocd || argocd.agrees) {
    return null;
  }
  return (
    <Box
      sx={{
        display: 'flex',
        gap: 1,
        px: 2,
        py: 1,
        borderTop: 1,
        borderColor: 'divider',
        color: 'text.secondary',
        fontSize: '0.8125rem',
      }}
    >
      <DifferIcon aria-hidden sx={{ fontSize: 16, mt: '1px' }} />
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <strong>{t('drift.argocdDiffers', { sync: argocd.sync })}</strong>{' '}
        {argocd.why}
      </Box>
    </Box>
  );
}
