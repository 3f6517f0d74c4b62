import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiEnvironmentPlan } from '@slipway/plugin-slipway-common';
import { money, moneyDelta } from '../../format';
import { TABULAR } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

/**
 * What several environments would become together, in one line of figures.
 *
 * @internal
 */
export function Together(props: { plans: ApiEnvironmentPlan[] }) {
  const { plans } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const objects = plans.flatMap(plan => plan.objects);
  const tally = (wanted: string) =>
    `${objects.filter(({ verb }) => verb === wanted).length}`;
  const warnings = plans.flatMap(({ verdicts }) => verdicts).length;
  const [currency] = plans.map(({ cost }) => cost.currency);
  // Sums of different currencies say nothing.
  const summable = plans.every(({ cost }) => cost.currency === currency);
  const sum = (of: 'cents' | 'centsBefore') =>
    plans.reduce((all, { cost }) => all + (cost[of] ?? 0), 0);
  return (
    <Box
      sx={{ px: 2, py: 1.25, fontSize: '0.875rem', ...TABULAR }}
      role="status"
    >
      <strong>{t('promotions.services', { count: plans.length })}</strong>
      {' · '}
      {t('plan.tally', {
        created: tally('create'),
        changed: tally('update'),
        removed: tally('delete'),
      })}
      {warnings > 0 && <> · {t('promotions.warnings', { count: warnings })}</>}
      {summable && currency !== undefined && (
        <>
          {' · '}
          {t('fleet.aMonth', { amount: money(sum('cents'), currency) })} (
          {moneyDelta(sum('cents') - sum('centsBefore'))})
        </>
      )}
    </Box>
  );
}
