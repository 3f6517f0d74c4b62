import Box from '@mui/material/Box';
import { speaking, type Condition } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { tint, tone } from '../../theme';
import { RelativeTime } from '../RelativeTime';
import { Toned } from '../Toned';
import { LOOKS, stationName } from './looks';

/** When the last station was reached: how long everything has been well. */
const healthySince = (conditions: Condition[]): string | undefined =>
  conditions.find(({ type }) => type === 'Healthy')?.lastTransitionTime;

/** A title that is only the station's name says nothing about what is wrong with it. */
function titleOf(here: NonNullable<ReturnType<typeof speaking>>): string {
  return here.condition
    ? here.title
    : `${stationName(here.station)}: ${LOOKS[here.state].word}`;
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
  const look = here ? LOOKS[here.state].tone : 'ok';
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1.25,
        px: 1.75,
        py: 1.25,
        borderRadius: 1,
        borderLeft: 4,
        borderColor: theme => tone(theme, look),
        bgcolor: theme => tint(theme, look),
      }}
    >
      {/* Polite, and only the words that name a change: a ticking age would be read out again and again. */}
      <Box sx={{ flex: '1 1 24rem', minWidth: 0, overflowWrap: 'anywhere' }}>
        <Toned tone={look}>
          <span role="status" aria-live="polite">
            {here ? titleOf(here) : 'Healthy'}
          </span>
        </Toned>
        <Details conditions={conditions} here={here} />
      </Box>
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
  const here = speaking(props.conditions);
  const since = healthySince(props.conditions);
  if (!here) {
    return (
      <Box sx={{ fontSize: '0.875rem' }}>
        <Toned tone="ok">Healthy</Toned>
        {since && (
          <>
            {' for '}
            <RelativeTime at={since} />
          </>
        )}
      </Box>
    );
  }
  return (
    <Box sx={{ fontSize: '0.875rem', minWidth: 0, overflowWrap: 'anywhere' }}>
      <Toned tone={LOOKS[here.state].tone}>{titleOf(here)}</Toned>
      {here.condition && (
        <>
          {' since '}
          <RelativeTime at={here.condition.lastTransitionTime} />
        </>
      )}
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
        {here.message}
        {here.message && here.next && ' '}
        {here.who !== 'nobody' && here.next}
      </Box>
    </Box>
  );
}

function Details(props: {
  conditions: Condition[];
  here: ReturnType<typeof speaking>;
}) {
  const { here, conditions } = props;
  const since = healthySince(conditions);
  if (!here) {
    return since ? (
      <>
        {' for '}
        <RelativeTime at={since} />
        {' – every station is done.'}
      </>
    ) : null;
  }
  return (
    <>
      {here.condition && (
        <>
          {' since '}
          <RelativeTime at={here.condition.lastTransitionTime} />
        </>
      )}
      {here.message && ` – ${here.message}`}
      {here.next && ` ${here.next}`}
    </>
  );
}
