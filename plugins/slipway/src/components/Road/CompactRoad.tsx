import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import {
  road,
  speaking,
  type Condition,
  type Station,
} from '@slipway/plugin-slipway-common';
import { HIDDEN, tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { Flash } from '../Live';
import { isReached } from './looks';
import { StationMark } from './StationMark';

const SIZE = 18;

/**
 * The road in one line, for rows. Its sentence stands beside it, so the stations are marks with their words on hover
 * and for screen readers.
 *
 * @internal
 */
export function CompactRoad(props: { conditions: Condition[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const describe = ({ station, state }: Station): string =>
    `${t(`road.station.${station}`)}: ${t(`road.state.${state}`)}`;
  const stations = road(props.conditions);
  const here = speaking(props.conditions);
  return (
    <Box
      component="ol"
      aria-label={t('road.compact', {
        state: here ? describe(here) : t('road.allDone'),
      })}
      sx={{
        display: 'flex',
        alignItems: 'center',
        listStyle: 'none',
        m: 0,
        p: 0,
      }}
    >
      {stations.map((station, index) => (
        <Box
          component="li"
          key={station.station}
          title={describe(station)}
          sx={{ display: 'flex', alignItems: 'center', position: 'relative' }}
        >
          {index > 0 && (
            <Box
              component="span"
              aria-hidden
              sx={{
                width: { xs: 6, sm: 10, lg: 12 },
                height: '2px',
                bgcolor: theme =>
                  isReached(stations, index)
                    ? tone(theme, 'ok')
                    : theme.palette.divider,
              }}
            />
          )}
          <Flash
            of={station.state}
            component="span"
            sx={{ display: 'flex', '&[data-flashes]': { borderRadius: '50%' } }}
          >
            <StationMark state={station.state} size={SIZE} />
          </Flash>
          <Box component="span" sx={HIDDEN}>
            {describe(station)}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
