import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import WarningIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import type { ApiProblemDetails } from '@slipway/plugin-slipway-common';
import { problemMessage } from '../form';
import { MONO, tone } from '../theme';
import { slipwayTranslationRef } from '../translation';

/** One thing wrong with an input. @internal */
export type ApiProblem = NonNullable<ApiProblemDetails['problems']>[number];

/** `services/checkout.yaml:12:5` as far as it is known. */
const placeOf = ({ file, line, column }: ApiProblem): string =>
  [file, line, column].filter(part => part !== undefined).join(':');

/**
 * What is wrong, each with where, what was found, what is allowed and what to do.
 *
 * @internal
 */
export function ProblemList(props: { problems: ApiProblem[]; label?: string }) {
  const { problems, label = 'Problems' } = props;
  return (
    <Box
      component="ul"
      aria-label={label}
      sx={{ listStyle: 'none', m: 0, p: 0 }}
    >
      {problems.map((problem, index) => (
        <ProblemItem key={`${problem.path}:${index}`} problem={problem} />
      ))}
    </Box>
  );
}

function ProblemItem(props: { problem: ApiProblem }) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { problem } = props;
  const isError = problem.severity === 'error';
  const Icon = isError ? ErrorIcon : WarningIcon;
  const place = placeOf(problem);
  return (
    <Box
      component="li"
      sx={{ display: 'flex', gap: 1, py: 0.75, fontSize: '0.875rem' }}
    >
      <Icon
        titleAccess={isError ? 'Error' : 'Warning'}
        sx={{
          fontSize: 18,
          mt: '1px',
          color: theme => tone(theme, isError ? 'bad' : 'wait'),
        }}
      />
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <div>{problemMessage(problem, t)}</div>
        {(place || problem.path) && (
          <Box
            sx={{
              fontFamily: MONO,
              fontSize: '0.78rem',
              color: 'text.secondary',
            }}
          >
            {[place, problem.path].filter(Boolean).join(' · ')}
          </Box>
        )}
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
          {problem.found !== undefined && (
            <div>{t('parts.found', { found: problem.found })}</div>
          )}
          {problem.allowed !== undefined && (
            <div>{t('parts.allowed', { allowed: problem.allowed })}</div>
          )}
          {problem.hint && <div>{problem.hint}</div>}
        </Box>
      </Box>
    </Box>
  );
}
