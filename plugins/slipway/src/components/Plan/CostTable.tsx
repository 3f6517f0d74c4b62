import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiEnvironmentPlan } from '@slipway/plugin-slipway-common';
import { money, moneyDelta } from '../../format';
import { TABULAR } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

const CELL = { py: 0.25, pr: 1, textAlign: 'left', fontWeight: 400 } as const;

/**
 * What an environment costs in a month, line by line, with the difference.
 *
 * @internal
 */
export function CostTable(props: { cost: ApiEnvironmentPlan['cost'] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { lines, cents, centsBefore, currency } = props.cost;
  return (
    <Box
      component="table"
      aria-label={t('plan.costLabel')}
      sx={{ width: '100%', borderCollapse: 'collapse', fontSize: '0.875rem' }}
    >
      <tbody>
        {lines.map((line, index) => (
          <tr key={`${line.item}:${index}`}>
            <Box component="th" scope="row" sx={CELL}>
              {line.item}
            </Box>
            <Box component="td" sx={{ ...CELL, color: 'text.secondary' }}>
              {line.detail}
            </Box>
            <Box component="td" sx={{ textAlign: 'right', ...TABULAR }}>
              {money(line.cents, currency)}
            </Box>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <Box
            component="th"
            scope="row"
            colSpan={2}
            sx={{ ...CELL, fontWeight: 700 }}
          >
            {t('plan.costSum')}
          </Box>
          <Box
            component="td"
            sx={{ textAlign: 'right', whiteSpace: 'nowrap', ...TABULAR }}
          >
            <strong>{money(cents, currency)}</strong> (
            {moneyDelta(cents - centsBefore)})
          </Box>
        </tr>
      </tfoot>
    </Box>
  );
}
