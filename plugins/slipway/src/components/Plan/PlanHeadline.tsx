import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ApiPlan } from '@slipway/plugin-slipway-common';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { money, moneyDelta } from '../../format';
import { HIDDEN, TABULAR } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { Toned } from '../Toned';

/** The sign is for the eye, the words are for the ear. */
const Counted = (props: { sign: string; n: number; words: string }) => (
  <>
    <span aria-hidden>
      {props.sign}
      {props.n}
    </span>
    <Box component="span" sx={HIDDEN}>
      {props.words}{' '}
    </Box>
  </>
);

/**
 * The plan in one line: "3 files · +12 ~1 −0 objects in 2 environments · 1 warning · €41.20 a month (+12.00)".
 *
 * @internal
 */
export function PlanHeadline(props: { plan: ApiPlan }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { files, environments, totals, problems } = props.plan;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const parts: ReactNode[] = [
    t('plan.files', { count: files.length }),
    <>
      <Toned tone="ok" bold={totals.create > 0}>
        <Counted
          sign="+"
          n={totals.create}
          words={t('plan.toCreate', { number: `${totals.create}` })}
        />
      </Toned>{' '}
      <Toned tone="wait" bold={totals.update > 0}>
        <Counted
          sign="~"
          n={totals.update}
          words={t('plan.toChange', { number: `${totals.update}` })}
        />
      </Toned>{' '}
      <Toned tone="bad" bold={totals.delete > 0}>
        <Counted
          sign="−"
          n={totals.delete}
          words={t('plan.toRemove', { number: `${totals.delete}` })}
        />
      </Toned>{' '}
      {t('plan.objectsIn', { count: environments.length })}
    </>,
  ];
  if (errors > 0) {
    parts.unshift(
      <Toned tone="bad">{t('plan.errors', { count: errors })}</Toned>,
    );
  }
  if (totals.denials > 0) {
    parts.push(
      <Toned tone="bad">{t('plan.denials', { count: totals.denials })}</Toned>,
    );
  }
  if (totals.warnings > 0) {
    parts.push(
      <Toned tone="wait">
        {t('plan.warnings', { count: totals.warnings })}
      </Toned>,
    );
  }
  parts.push(
    <Box component="span" sx={TABULAR}>
      <strong>
        {t('plan.aMonth', { amount: money(totals.cents, totals.currency) })}
      </strong>{' '}
      ({moneyDelta(totals.cents - totals.centsBefore)})
    </Box>,
  );
  return (
    <Box sx={{ fontSize: '0.9375rem' }}>
      {parts.map((part, index) => (
        <span key={index}>
          {index > 0 && ' · '}
          {part}
        </span>
      ))}
    </Box>
  );
}
