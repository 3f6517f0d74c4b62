import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import {
  road,
  type Condition,
  type Station,
} from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { HIDDEN, tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { Flash } from '../Live';
import { RelativeTime } from '../RelativeTime';
import { isReached, STATION_TONES } from './looks';
import { RoadSentence } from './RoadSentence';
import { StationMark } from './StationMark';

const SIZE = 30;

/**
 * The whole road: nine stations, left to right (top to bottom where it is narrow), and the sentence of the first that
 * isn't done.
 *
 * @internal
 */
export function Road(props: {
  conditions: Condition[];
  /** Stands at the end of the sentence. */
  actions?: ReactNode;
}) {
  const { conditions, actions } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const stations = road(conditions);
  return (
    <Box sx={{ px: 2, pt: 2.5, pb: 2 }}>
      <Box
        component="ol"
        aria-label={t('road.label')}
        sx={{
          display: { xs: 'block', md: 'grid' },
          gridTemplateColumns: 'repeat(9, minmax(0, 1fr))',
          listStyle: 'none',
          // Circles lie over the lines, and neither over anything else of the page.
          isolation: 'isolate',
          m: 0,
          mb: 2,
          p: 0,
        }}
      >
        {stations.map((station, index) => (
          <StationItem
            key={station.station}
            first={index === 0}
            reached={isReached(stations, index)}
            {...station}
          />
        ))}
      </Box>
      <RoadSentence conditions={conditions} actions={actions} />
    </Box>
  );
}

function StationItem(props: Station & { first: boolean; reached: boolean }) {
  const { station, state, condition, first, reached } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const ahead = state === 'ahead';
  return (
    <Box
      component="li"
      sx={{
        position: 'relative',
        display: { xs: 'flex', md: 'block' },
        alignItems: 'center',
        gap: 1.5,
        py: { xs: 0.5, md: 0 },
        textAlign: { md: 'center' },
        '&::before': first
          ? undefined
          : {
              content: '""',
              position: 'absolute',
              bgcolor: theme =>
                reached ? tone(theme, 'ok') : theme.palette.divider,
              // A line from the circle before: upwards in a column, to the left in a row.
              left: { xs: SIZE / 2 - 1, md: '-50%' },
              right: { md: '50%' },
              top: { xs: '-50%', md: SIZE / 2 - 1 },
              width: { xs: '2px', md: 'auto' },
              height: { xs: '100%', md: '2px' },
            },
      }}
    >
      <Box
        sx={{
          position: 'relative',
          zIndex: 1,
          display: 'flex',
          justifyContent: 'center',
          mb: { md: 0.75 },
        }}
      >
        <Flash
          of={state}
          component="span"
          sx={{ display: 'flex', '&[data-flashes]': { borderRadius: '50%' } }}
        >
          <StationMark state={state} size={SIZE} />
        </Flash>
      </Box>
      <Box
        sx={{
          fontWeight: 700,
          fontSize: '0.875rem',
          color: theme =>
            ahead ? theme.palette.text.secondary : labelColor(theme, state),
        }}
      >
        {t(`road.station.${station}`)}
      </Box>
      <Box
        sx={{
          fontSize: '0.8125rem',
          color: 'text.secondary',
          minHeight: '1.4em',
        }}
      >
        {ahead ? (
          <Box component="span" sx={HIDDEN}>
            {t('road.state.ahead')}
          </Box>
        ) : (
          <StationAge station={props} condition={condition} />
        )}
      </Box>
    </Box>
  );
}

function StationAge(props: { station: Station; condition?: Condition }) {
  const { state } = props.station;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const word = t(`road.state.${state}`);
  return (
    <>
      {state === 'done' ? (
        <Box component="span" sx={HIDDEN}>
          {t('parts.wordSince', { word })}
        </Box>
      ) : (
        `${word} `
      )}
      {props.condition && (
        <RelativeTime at={props.condition.lastTransitionTime} />
      )}
    </>
  );
}

function labelColor(
  theme: Parameters<typeof tone>[0],
  state: Station['state'],
): string {
  return state === 'done'
    ? theme.palette.text.primary
    : tone(theme, STATION_TONES[state]);
}
