import { useTranslationRef } from '@backstage/frontend-plugin-api';
import CheckIcon from '@mui/icons-material/Check';
import BlockIcon from '@mui/icons-material/Block';
import WarningIcon from '@mui/icons-material/WarningAmber';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import Box from '@mui/material/Box';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import type { ApiVerdict } from '@slipway/plugin-slipway-common';
import type { ComponentType } from 'react';
import { MONO, tone, type Tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

const RESULTS: Record<
  ApiVerdict['result'],
  { icon: ComponentType<SvgIconProps>; tone: Tone }
> = {
  deny: { icon: BlockIcon, tone: 'bad' },
  error: { icon: ErrorIcon, tone: 'bad' },
  warn: { icon: WarningIcon, tone: 'wait' },
  allow: { icon: CheckIcon, tone: 'ok' },
  pass: { icon: CheckIcon, tone: 'ok' },
};

/** What blocks comes first. */
const ORDER: ApiVerdict['result'][] = [
  'deny',
  'error',
  'warn',
  'allow',
  'pass',
];

/**
 * What the policies say: every rule that has something to say, with its fix; the others as a number.
 *
 * @internal
 */
export function Verdicts(props: { verdicts: ApiVerdict[]; passed: number }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const told = props.verdicts
    .filter(({ result }) => result !== 'pass')
    .sort((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
  return (
    <Box
      component="ul"
      aria-label={t('plan.policy')}
      sx={{ listStyle: 'none', m: 0, p: 0, fontSize: '0.875rem' }}
    >
      {told.map((verdict, index) => (
        <VerdictItem
          key={`${verdict.pack}/${verdict.rule}/${index}`}
          verdict={verdict}
        />
      ))}
      <Box component="li" sx={{ display: 'flex', gap: 1, py: 0.5 }}>
        <CheckIcon
          aria-hidden
          sx={{ fontSize: 18, color: theme => tone(theme, 'ok') }}
        />
        {told.length === 0
          ? t('plan.allPassed', { count: props.passed })
          : t('plan.morePassed', { count: props.passed })}
      </Box>
    </Box>
  );
}

function VerdictItem(props: { verdict: ApiVerdict }) {
  const { rule, pack, message, fix, result, object, source } = props.verdict;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { icon: Icon, tone: name } = RESULTS[result];
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, py: 0.5 }}>
      <Icon
        titleAccess={t(`plan.result.${result}`)}
        sx={{ fontSize: 18, mt: '1px', color: theme => tone(theme, name) }}
      />
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <div>
          <strong>{rule}</strong>{' '}
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {pack}
          </Box>
        </div>
        <div>{message}</div>
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
          {fix && (
            <div>
              {t('plan.fix')}{' '}
              <Box
                component="span"
                sx={{
                  fontFamily: MONO,
                  fontSize: '0.78rem',
                  color: 'text.primary',
                }}
              >
                {fix}
              </Box>
            </div>
          )}
          {[
            object && `${object.kind} ${object.name}`,
            source?.specPath,
            source?.line !== undefined &&
              t('plan.line', { line: `${source.line}` }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Box>
      </Box>
    </Box>
  );
}
