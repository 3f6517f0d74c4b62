import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiPipelineRun } from '@slipway/plugin-slipway-common';
import { tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { lookOf } from './looks';

/** The steps that speak; of a long pipeline the ones before them are counted. */
const SHOWN = 6;

/**
 * The steps of a run in one line, left to right: what is done is quiet, what runs or failed is loud, what comes is pale.
 *
 * @internal
 */
export function StepChain(props: { run: ApiPipelineRun }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { steps } = props.run;
  const loud = steps.findIndex(
    ({ state }) => state === 'failed' || state === 'running',
  );
  // The loud one is in sight, with what came right before it.
  const last = loud < 0 ? steps.length : Math.min(steps.length, loud + 3);
  const from = Math.max(0, last - SHOWN);
  const shown = steps.slice(from, from + SHOWN);
  return (
    <Box
      component="ol"
      aria-label={t('pipelines.steps')}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 1,
        listStyle: 'none',
        m: 0,
        p: 0,
        minWidth: 0,
        color: 'text.secondary',
      }}
    >
      {from > 0 && <li>+{from}</li>}
      {shown.map(step => {
        const { icon: Icon, tone: name } = lookOf(step.state);
        const here = step.state === 'failed' || step.state === 'running';
        const ahead = step.state === 'queued' || step.state === 'skipped';
        return (
          <Box
            component="li"
            key={step.id}
            title={step.message ?? t(`pipelines.state.${step.state}`)}
            sx={{ whiteSpace: 'nowrap' }}
          >
            <Box
              component="span"
              sx={{
                fontWeight: here ? 700 : undefined,
                color: theme => (here ? tone(theme, name) : undefined),
              }}
            >
              {step.name}
            </Box>{' '}
            <Icon
              titleAccess={t(`pipelines.state.${step.state}`)}
              sx={{
                fontSize: '1em',
                verticalAlign: '-0.125em',
                color: theme => (ahead ? undefined : tone(theme, name)),
              }}
            />
          </Box>
        );
      })}
      {from + SHOWN < steps.length && <li>+{steps.length - from - SHOWN}</li>}
    </Box>
  );
}
