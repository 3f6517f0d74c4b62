import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiPipelineRun } from '@slipway/plugin-slipway-common';
import { TABULAR, tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { lookOf } from './looks';
import { Took } from './Took';

/**
 * The steps of a run under each other, with what each says, how long it took, and its log.
 *
 * @internal
 */
export function StepList(props: {
  id: string;
  run: ApiPipelineRun;
  onLog: (step: string) => void;
}) {
  const { id, run, onLog } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box
      component="ul"
      id={id}
      aria-label={t('pipelines.stepsOf', { run: run.name })}
      sx={{ listStyle: 'none', m: 0, p: 0, pb: 1 }}
    >
      {run.steps.map(step => {
        const { icon: Icon, tone: name } = lookOf(step.state);
        return (
          <Box
            component="li"
            key={step.id}
            sx={{
              display: 'grid',
              gridTemplateColumns: '18px minmax(0, 1fr) 116px 40px',
              columnGap: 1.25,
              alignItems: 'baseline',
              pl: 5.5,
              pr: 2,
              py: 0.25,
            }}
          >
            <Icon
              titleAccess={t(`pipelines.state.${step.state}`)}
              sx={{
                fontSize: 15,
                alignSelf: 'center',
                color: theme => tone(theme, name),
              }}
            />
            <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {step.task && step.task !== step.name && (
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {step.task} /{' '}
                </Box>
              )}
              {step.name}
              {step.message && (
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {' '}
                  – {step.message}
                </Box>
              )}
            </Box>
            <Box
              sx={{ color: 'text.secondary', textAlign: 'right', ...TABULAR }}
            >
              {step.startedAt && <Took {...step} />}
            </Box>
            <Box sx={{ textAlign: 'right' }}>
              {step.logs && (
                <Link
                  component="button"
                  type="button"
                  onClick={() => onLog(step.id)}
                  aria-label={t('pipelines.logOf', {
                    step: step.name,
                    run: run.name,
                  })}
                  sx={{ font: 'inherit' }}
                >
                  {t('pipelines.log')}
                </Link>
              )}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}
