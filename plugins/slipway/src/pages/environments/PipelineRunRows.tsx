import BlockIcon from '@mui/icons-material/Block';
import CheckIcon from '@mui/icons-material/Check';
import CloseIcon from '@mui/icons-material/Close';
import DotIcon from '@mui/icons-material/FiberManualRecord';
import HourglassIcon from '@mui/icons-material/HourglassEmpty';
import QuestionIcon from '@mui/icons-material/QuestionMark';
import Box from '@mui/material/Box';
import type { ApiPipelineRun } from '@slipway/plugin-slipway-common';
import { RelativeTime, SandboxTag, Sha, Toned } from '../../components';
import { formatTook } from '../../format';
import { TABULAR, tone, type Tone } from '../../theme';

const STATES: Record<
  ApiPipelineRun['state'],
  { icon: typeof CheckIcon; tone: Tone; sign: string }
> = {
  queued: { icon: HourglassIcon, tone: 'wait', sign: '◌' },
  running: { icon: DotIcon, tone: 'go', sign: '●' },
  succeeded: { icon: CheckIcon, tone: 'ok', sign: '✔' },
  failed: { icon: CloseIcon, tone: 'bad', sign: '✖' },
  cancelled: { icon: BlockIcon, tone: 'off', sign: '–' },
  unknown: { icon: QuestionIcon, tone: 'off', sign: '?' },
};

const ENGINES: Record<ApiPipelineRun['engine'], string> = {
  tekton: 'Tekton',
  'argo-workflows': 'Argo Workflows',
  'github-actions': 'GitHub Actions',
};

/** A step's state is the engine's word; those that we know get their sign. */
const lookOf = (state: string) =>
  (STATES as Partial<Record<string, (typeof STATES)['queued']>>)[state] ??
  STATES.unknown;

/**
 * Pipeline runs in rows: state, what was built, its steps, and how long it took.
 *
 * @internal
 */
export function PipelineRunRows(props: { runs: ApiPipelineRun[] }) {
  return (
    <Box
      component="ul"
      aria-label="Pipeline runs"
      sx={{ listStyle: 'none', m: 0, p: 0 }}
    >
      {props.runs.map(run => (
        <Run key={run.id} run={run} />
      ))}
    </Box>
  );
}

function Run(props: { run: ApiPipelineRun }) {
  const { run } = props;
  const { icon: Icon, tone: name } = STATES[run.state];
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        alignItems: 'baseline',
        px: 2,
        py: 1,
        fontSize: '0.875rem',
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
      }}
    >
      <Icon
        titleAccess={run.state}
        sx={{
          fontSize: 16,
          alignSelf: 'center',
          color: theme => tone(theme, name),
        }}
      />
      <strong>{run.name}</strong>
      {run.revision && <Sha value={run.revision} label="revision" />}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {ENGINES[run.engine]}
      </Box>
      {run.sandbox && <SandboxTag />}
      <Steps run={run} />
      <Box sx={{ ml: 'auto', color: 'text.secondary', ...TABULAR }}>
        <Took run={run} />
      </Box>
      {run.message && (
        <Box
          sx={{
            flexBasis: '100%',
            color: 'text.secondary',
            overflowWrap: 'anywhere',
          }}
        >
          {run.message}
        </Box>
      )}
    </Box>
  );
}

function Steps(props: { run: ApiPipelineRun }) {
  return (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      {props.run.steps.map((step, index) => {
        const { sign, tone: name } = lookOf(step.state);
        const quiet = step.state === 'succeeded';
        return (
          <span
            key={`${step.name}:${index}`}
            title={step.message ?? `${step.name}: ${step.state}`}
          >
            {index > 0 && ' '}
            <Toned tone={quiet ? 'off' : name} bold={!quiet}>
              {step.name}
            </Toned>{' '}
            <span role="img" aria-label={step.state}>
              {sign}
            </span>
          </span>
        );
      })}
    </Box>
  );
}

function Took(props: { run: ApiPipelineRun }) {
  const { startedAt, finishedAt } = props.run;
  if (!startedAt) {
    return <>not started</>;
  }
  return finishedAt ? (
    <>{formatTook(Date.parse(finishedAt) - Date.parse(startedAt))}</>
  ) : (
    <RelativeTime at={startedAt} />
  );
}
