import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiStateCount } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { STANDINGS, type Standing } from '../../format';
import { HIDDEN, TABULAR, tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { STANDING_TONES, StandingMark } from './StandingMark';

/** A part of one environment among thousands can still be pressed. */
const LEAST = 10;

const countOf = (states: ApiStateCount[], state: Standing): number =>
  states.find(each => each.state === state)?.count ?? 0;

/** All of them, each counted once: drift is beside the other states. @internal */
export const totalOf = (states: ApiStateCount[]): number =>
  states.reduce(
    (n, { state, count }) => (state === 'drifted' ? n : n + count),
    0,
  );

/**
 * Environments by state as one bar; the bar and the words below it lead to the list of just those.
 *
 * @internal
 */
export function StateBar(props: {
  states: ApiStateCount[];
  /** The list of the environments in a state. */
  linkOf: (state: Standing) => string;
}) {
  const { states, linkOf } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const shown = STANDINGS.filter(state => countOf(states, state) > 0);
  return (
    <>
      <Box
        aria-hidden
        sx={{ display: 'flex', gap: '2px', height: 14, mb: 1.25 }}
      >
        {shown
          .filter(state => state !== 'drifted')
          .map(state => (
            <Box
              key={state}
              component={RouterLink}
              to={linkOf(state)}
              // The words below lead to the same place and can be reached by keyboard.
              tabIndex={-1}
              title={`${t(`standing.${state}`)}: ${countOf(states, state)}`}
              sx={{
                flexGrow: countOf(states, state),
                flexBasis: 0,
                minWidth: LEAST,
                bgcolor: theme => tone(theme, STANDING_TONES[state]),
                opacity: state === 'done' ? 0.75 : 1,
                transition: 'flex-grow 300ms',
                '@media (prefers-reduced-motion: reduce)': {
                  transition: 'none',
                },
                '&:first-of-type': { borderRadius: '4px 0 0 4px' },
                '&:last-of-type': { borderRadius: '0 4px 4px 0' },
                '&:only-of-type': { borderRadius: '4px' },
                '&:hover': { filter: 'brightness(1.15)' },
                printColorAdjust: 'exact',
              }}
            />
          ))}
      </Box>
      <Box
        component="ul"
        aria-label={t('fleet.bar')}
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 3,
          rowGap: 0.5,
          listStyle: 'none',
          m: 0,
          p: 0,
          fontSize: '0.875rem',
        }}
      >
        {shown.map(state => (
          <li key={state}>
            <Link
              component={RouterLink}
              to={linkOf(state)}
              color="inherit"
              underline="hover"
              sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75 }}
            >
              <StandingMark state={state} />
              <Box component="strong" sx={TABULAR}>
                {countOf(states, state).toLocaleString('en-US')}
              </Box>{' '}
              {t(`standing.${state}`)}
            </Link>
          </li>
        ))}
      </Box>
    </>
  );
}

/** The same for a cell of a table: marks and figures only where there is something. @internal */
export function StateCounts(props: {
  states: ApiStateCount[];
  linkOf: (state: Standing) => string;
}) {
  const { states, linkOf } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', flexWrap: 'wrap', columnGap: 1.5 }}
    >
      {STANDINGS.filter(state => countOf(states, state) > 0).map(state => (
        <Link
          key={state}
          component={RouterLink}
          to={linkOf(state)}
          color="inherit"
          underline="hover"
          title={t(`standing.${state}`)}
          sx={{
            position: 'relative',
            display: 'inline-flex',
            alignItems: 'center',
            gap: 0.5,
            ...TABULAR,
          }}
        >
          <StandingMark state={state} size={16} />
          {countOf(states, state)}{' '}
          <Box component="span" sx={HIDDEN}>
            {t(`standing.${state}`)}
          </Box>
        </Link>
      ))}
    </Box>
  );
}
