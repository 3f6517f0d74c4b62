import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import { speaking, type Condition } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { tint, tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { Announce, Flash } from '../Live';
import { RelativeTime } from '../RelativeTime';
import { Toned } from '../Toned';
import { STATION_TONES } from './looks';

type Speaking = NonNullable<ReturnType<typeof speaking>>;

/** When the last station was reached: how long everything has been well. */
const healthySince = (conditions: Condition[]): string | undefined =>
  conditions.find(({ type }) => type === 'Healthy')?.lastTransitionTime;

/** The words of a road: a title that is only a station's name says nothing about what is wrong with it. */
function useTitle(): (here: Speaking | undefined) => string {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return here => {
    if (!here) {
      return t('road.healthy');
    }
    return here.condition
      ? here.title
      : `${t(`road.station.${here.station}`)}: ${t(`road.state.${here.state}`)}`;
  };
}

/**
 * What the road says, in words: what is, since when, why, and who can do what next.
 *
 * @internal
 */
export function RoadSentence(props: {
  conditions: Condition[];
  actions?: ReactNode;
}) {
  const { conditions, actions } = props;
  const here = speaking(conditions);
  const look = here ? STATION_TONES[here.state] : 'ok';
  const title = useTitle()(here);
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 2,
        rowGap: 1,
        px: 1.75,
        py: 1.125,
        borderRadius: 1,
        borderLeft: 4,
        borderColor: theme => tone(theme, look),
        bgcolor: theme => tint(theme, look),
      }}
    >
      {/* Only the words that name a change: a ticking age would be read out again and again. */}
      <Announce text={title} />
      <Flash
        of={title}
        sx={{
          flex: '1 1 24rem',
          minWidth: 0,
          overflowWrap: 'anywhere',
          fontSize: '0.875rem',
        }}
      >
        <Toned tone={look}>{title}</Toned>
        <Details conditions={conditions} here={here} />
      </Flash>
      {actions}
    </Box>
  );
}

/**
 * The same for a row: title and age in one line, the message below it.
 *
 * @internal
 */
export function CompactSentence(props: { conditions: Condition[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const here = speaking(props.conditions);
  const title = useTitle()(here);
  const since = here
    ? here.condition?.lastTransitionTime
    : healthySince(props.conditions);
  return (
    <Flash
      of={title}
      sx={{ fontSize: '0.875rem', minWidth: 0, overflowWrap: 'anywhere' }}
    >
      <Toned tone={here ? STATION_TONES[here.state] : 'ok'}>{title}</Toned>
      {since && (
        <>
          {' '}
          {t(here ? 'road.since' : 'road.for', {
            age: <RelativeTime at={since} />,
          })}
        </>
      )}
      {here && (
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
          {here.message || (here.who !== 'nobody' && here.next)}
        </Box>
      )}
    </Flash>
  );
}

function Details(props: { conditions: Condition[]; here?: Speaking }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { here, conditions } = props;
  const since = here
    ? here.condition?.lastTransitionTime
    : healthySince(conditions);
  return (
    <>
      {since && (
        <>
          {' '}
          {t(here ? 'road.since' : 'road.for', {
            age: <RelativeTime at={since} />,
          })}
        </>
      )}
      {here?.message && ` – ${here.message}`}
      {here?.next && ` ${here.next}`}
      {!here && since && ` – ${t('road.everyStation')}`}
    </>
  );
}
