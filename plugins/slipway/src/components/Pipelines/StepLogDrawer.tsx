import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { ApiPipelineRun } from '@slipway/plugin-slipway-common';
import { usePipelineLog, type PipelinesKey } from '../../api';
import { tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { LogLines } from '../Logs';
import { SideDrawer } from '../SideDrawer';
import { RowsSkeleton, StateView } from '../State';
import { lookOf } from './looks';

/**
 * What a step wrote, with the other steps one choice away.
 *
 * @internal
 */
export function StepLogDrawer(props: {
  service: PipelinesKey;
  run: ApiPipelineRun;
  step: string;
  onStep: (step: string) => void;
  onClose: () => void;
}) {
  const { service, run, step, onStep, onClose } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = usePipelineLog(service, { id: run.id, step });
  const current = run.steps.find(({ id }) => id === step);
  const { icon: Icon, tone: name } = lookOf(run.state);
  const title = `${run.name} / ${current?.name ?? step}`;
  return (
    <SideDrawer
      open
      onClose={onClose}
      title={run.name}
      aside={
        <Box component="span" sx={{ color: theme => tone(theme, name) }}>
          <Icon
            aria-hidden
            sx={{ fontSize: '1.15em', verticalAlign: '-0.2em' }}
          />{' '}
          {t(`pipelines.state.${run.state}`)}
        </Box>
      }
      head={
        current?.message && (
          <Box
            sx={{
              px: 2,
              pb: 1,
              fontSize: '0.875rem',
              overflowWrap: 'anywhere',
            }}
          >
            {current.message}
          </Box>
        )
      }
    >
      <StateView
        query={query}
        what={t('logs.what', { name: title })}
        permission="slipway.logs.read"
        skeleton={<RowsSkeleton rows={8} height={16} />}
      >
        {log => (
          <LogLines
            key={step}
            name={title}
            lines={log.lines}
            truncated={log.truncated}
            controls={
              <TextField
                select
                size="small"
                label={t('pipelines.step')}
                value={current ? step : ''}
                onChange={event => onStep(event.target.value)}
                sx={{ minWidth: 160 }}
              >
                {run.steps
                  .filter(each => each.logs || each.id === step)
                  .map(each => (
                    <MenuItem key={each.id} value={each.id}>
                      <StepName step={each} />
                    </MenuItem>
                  ))}
              </TextField>
            }
          />
        )}
      </StateView>
    </SideDrawer>
  );
}

function StepName(props: { step: ApiPipelineRun['steps'][number] }) {
  const { name, state } = props.step;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { icon: Icon } = lookOf(state);
  return (
    <>
      <Icon
        titleAccess={t(`pipelines.state.${state}`)}
        sx={{ fontSize: '1.15em', verticalAlign: '-0.2em' }}
      />{' '}
      {name}
    </>
  );
}
