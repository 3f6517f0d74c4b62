import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiPipelineRun } from '@slipway/plugin-slipway-common';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { PipelinesKey } from '../../api';
import { slipwayTranslationRef } from '../../translation';
import { RunRow } from './RunRow';

const StepLogDrawer = lazy(() =>
  import('./StepLogDrawer').then(m => ({ default: m.StepLogDrawer })),
);

/**
 * Pipeline runs of every engine as one list, newest first; a step's log opens at the side. Which log is open is in the
 * URL, so it stays over a refresh.
 *
 * @internal
 */
export function PipelineRunList(props: {
  service: PipelinesKey;
  runs: ApiPipelineRun[];
  detailed?: boolean;
}) {
  const { service, runs, detailed } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [parameters, setParameters] = useSearchParams();
  const open = parameters.get('run');
  const step = parameters.get('step');
  const run = runs.find(({ id }) => id === open);
  const show = (next: { run: string; step: string } | undefined) =>
    setParameters(
      current => {
        const changed = new URLSearchParams(current);
        for (const name of ['run', 'step'] as const) {
          if (next) {
            changed.set(name, next[name]);
          } else {
            changed.delete(name);
          }
        }
        return changed;
      },
      { replace: true },
    );
  return (
    <>
      <Box
        component="ul"
        aria-label={t('pipelines.label')}
        sx={{ listStyle: 'none', m: 0, p: 0 }}
      >
        {runs.map(each => (
          <RunRow
            key={`${each.engine}:${each.id}`}
            service={service}
            run={each}
            detailed={detailed}
            onLog={(of, id) => show({ run: of.id, step: id })}
          />
        ))}
      </Box>
      {run && step && (
        <Suspense fallback={null}>
          <StepLogDrawer
            service={service}
            run={run}
            step={step}
            onStep={id => show({ run: run.id, step: id })}
            onClose={() => show(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
