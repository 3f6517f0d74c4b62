import { useTranslationRef } from '@backstage/frontend-plugin-api';
import FoldedIcon from '@mui/icons-material/ChevronRight';
import OpenIcon from '@mui/icons-material/ExpandMore';
import OutIcon from '@mui/icons-material/OpenInNew';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import type { ApiPipelineRun } from '@slipway/plugin-slipway-common';
import { useId, useState } from 'react';
import type { PipelinesKey } from '../../api';
import { webUrl } from '../../format';
import { TABULAR, tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { Flash } from '../Live';
import { Sha } from '../Sha';
import { SandboxTag, Tag } from '../Tag';
import { lookOf } from './looks';
import { RerunButton } from './RerunButton';
import { StepChain } from './StepChain';
import { StepList } from './StepList';
import { Took } from './Took';

/** Room for what was built and its steps side by side. */
const WIDE = '@container (min-width: 520px)';

/**
 * One run: what was built, its steps, what failed and why, how long it took – and, where it may be, run again.
 *
 * @internal
 */
export function RunRow(props: {
  service: PipelinesKey;
  run: ApiPipelineRun;
  /** Folds out to its steps, and says where it comes from. */
  detailed?: boolean;
  onLog: (run: ApiPipelineRun, step: string) => void;
}) {
  const { service, run, detailed, onLog } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [open, setOpen] = useState(false);
  const id = useId();
  const { icon: Icon, tone: name } = lookOf(run.state);
  const failed = run.steps.find(
    step => step.id === run.failedStep || step.state === 'failed',
  );
  const Fold = open ? OpenIcon : FoldedIcon;
  return (
    <Box
      component="li"
      sx={{
        containerType: 'inline-size',
        fontSize: '0.875rem',
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
      }}
    >
      <Flash
        of={run.state}
        sx={{
          display: 'grid',
          gridTemplateColumns: '18px minmax(0, 1fr) auto',
          columnGap: 1.25,
          alignItems: 'start',
          px: 2,
          py: 0.875,
          [WIDE]: {
            gridTemplateColumns: '18px minmax(150px, 1fr) minmax(0, 2fr) 128px',
          },
        }}
      >
        <Icon
          titleAccess={t(`pipelines.state.${run.state}`)}
          sx={{ fontSize: 17, mt: '3px', color: theme => tone(theme, name) }}
        />
        <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Box
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              columnGap: 1,
              alignItems: 'baseline',
            }}
          >
            <strong title={run.name}>{run.pipeline ?? run.name}</strong>
            {run.revision && (
              <Sha value={run.revision} label={t('environmentPage.revision')} />
            )}
          </Box>
          <Origin run={run} detailed={detailed} />
        </Box>
        <Box
          sx={{
            minWidth: 0,
            gridColumn: '2 / -1',
            gridRow: 2,
            [WIDE]: { gridColumn: 'auto', gridRow: 'auto' },
          }}
        >
          <StepChain run={run} />
          {run.message && run.state === 'failed' && (
            <Box sx={{ overflowWrap: 'anywhere' }}>
              {run.message}
              {failed?.logs && (
                <>
                  {' · '}
                  <Link
                    component="button"
                    type="button"
                    onClick={() => onLog(run, failed.id)}
                    aria-label={t('pipelines.logOf', {
                      step: failed.name,
                      run: run.name,
                    })}
                    sx={{ font: 'inherit', verticalAlign: 'baseline' }}
                  >
                    {t('pipelines.log')}
                  </Link>
                </>
              )}
            </Box>
          )}
        </Box>
        <Box
          sx={{
            display: 'flex',
            flexDirection: 'column',
            alignItems: 'flex-end',
            color: 'text.secondary',
            whiteSpace: 'nowrap',
            ...TABULAR,
          }}
        >
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
            <Took {...run} />
            {webUrl(run.url) && (
              <IconButton
                href={webUrl(run.url)!}
                target="_blank"
                rel="noopener"
                size="small"
                aria-label={t('pipelines.open', {
                  engine: t(`pipelines.engine.${run.engine}`),
                })}
                sx={{ p: 0.25 }}
              >
                <OutIcon sx={{ fontSize: 14 }} />
              </IconButton>
            )}
            {detailed && run.steps.length > 0 && (
              <IconButton
                size="small"
                onClick={() => setOpen(!open)}
                aria-expanded={open}
                aria-controls={id}
                aria-label={t('pipelines.stepsOf', { run: run.name })}
                sx={{ p: 0.25 }}
              >
                <Fold sx={{ fontSize: 18 }} />
              </IconButton>
            )}
          </Box>
          {(detailed || run.state === 'failed') && (
            <RerunButton service={service} run={run} />
          )}
        </Box>
      </Flash>
      {open && <StepList id={id} run={run} onLog={step => onLog(run, step)} />}
    </Box>
  );
}

function Origin(props: { run: ApiPipelineRun; detailed?: boolean }) {
  const { run, detailed } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 0.75,
        alignItems: 'center',
        color: 'text.secondary',
        fontSize: '0.8125rem',
      }}
    >
      <span>
        {[
          t(`pipelines.engine.${run.engine}`),
          detailed && run.branch,
          detailed && run.trigger,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {run.environment && <Tag>{run.environment}</Tag>}
      {run.sandbox && <SandboxTag />}
      {detailed && !run.byUs && (
        <Tag title={t('pipelines.foundHelp')}>{t('pipelines.found')}</Tag>
      )}
    </Box>
  );
}
