import { useTranslationRef } from '@backstage/frontend-plugin-api';
import DoorIcon from '@mui/icons-material/HourglassEmpty';
import CheckIcon from '@mui/icons-material/Check';
import Box from '@mui/material/Box';
import type { ApiEnvironmentPlan } from '@slipway/plugin-slipway-common';
import { tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { Sha } from '../Sha';

/**
 * Which workloads may be deployed: an image revision opens the gate of each.
 *
 * @internal
 */
export function BuildGates(props: { gates: ApiEnvironmentPlan['gates'] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (props.gates.length === 0) {
    return null;
  }
  return (
    <Box
      component="ul"
      aria-label={t('plan.gates')}
      sx={{ listStyle: 'none', m: 0, p: 0, fontSize: '0.875rem' }}
    >
      {props.gates.map(gate => (
        <Box
          component="li"
          key={gate.workload}
          sx={{ display: 'flex', gap: 1, py: 0.25 }}
        >
          {gate.open ? (
            <CheckIcon
              aria-hidden
              sx={{ fontSize: 18, color: theme => tone(theme, 'ok') }}
            />
          ) : (
            <DoorIcon
              aria-hidden
              sx={{ fontSize: 18, color: theme => tone(theme, 'wait') }}
            />
          )}
          <span>
            <strong>{gate.workload}</strong>{' '}
            {gate.open ? (
              <>
                {t('plan.gateOpen')}{' '}
                {gate.revision ? (
                  <Sha value={gate.revision} label={t('plan.revision')} />
                ) : (
                  t('plan.gatePinned')
                )}
              </>
            ) : (
              t('plan.gateClosed')
            )}
          </span>
        </Box>
      ))}
    </Box>
  );
}
