import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiEnvironmentPlan } from '@slipway/plugin-slipway-common';
import { money, moneyDelta } from '../../format';
import { TABULAR } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { EmptyState } from '../State';

const CELL = { px: 2, py: 0.75, textAlign: 'left', fontWeight: 400 } as const;
const NUMBER = {
  ...CELL,
  ...TABULAR,
  textAlign: 'right',
  whiteSpace: 'nowrap',
} as const;

/**
 * What an environment costs a month, line by line, the dearest first, each with its share.
 *
 * @internal
 */
export function CostView(props: { cost: ApiEnvironmentPlan['cost'] }) {
  const { lines, cents, centsBefore, currency } = props.cost;
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (lines.length === 0 && cents === 0) {
    return (
      <EmptyState title={t('cost.emptyTitle')}>
        {t('cost.emptyText')}
      </EmptyState>
    );
  }
  const dearest = [...lines].sort((a, b) => b.cents - a.cents);
  const delta = cents - centsBefore;
  return (
    <>
      <Box
        component="table"
        aria-label={t('cost.title')}
        sx={{
          width: '100%',
          borderCollapse: 'collapse',
          fontSize: '0.875rem',
          '& tr + tr > *, & tfoot tr > *': {
            borderTop: 1,
            borderColor: 'divider',
          },
        }}
      >
        <Box
          component="thead"
          sx={{
            color: 'text.secondary',
            fontSize: '0.75rem',
            '& th': { fontWeight: 700 },
          }}
        >
          <tr>
            <Box component="th" scope="col" sx={CELL}>
              {t('cost.item')}
            </Box>
            <Box component="th" scope="col" sx={CELL}>
              {t('cost.detail')}
            </Box>
            <Box component="th" scope="col" sx={{ ...CELL, width: '22%' }}>
              {t('cost.share')}
            </Box>
            <Box component="th" scope="col" sx={NUMBER}>
              {t('cost.amount')}
            </Box>
          </tr>
        </Box>
        <tbody>
          {dearest.map((line, index) => (
            <tr key={`${line.item}:${index}`}>
              <Box component="th" scope="row" sx={CELL}>
                {line.item}
              </Box>
              <Box component="td" sx={{ ...CELL, color: 'text.secondary' }}>
                {line.detail}
              </Box>
              <Box component="td" sx={CELL}>
                <Share of={cents > 0 ? line.cents / cents : 0} />
              </Box>
              <Box component="td" sx={NUMBER}>
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
              colSpan={3}
              sx={{ ...CELL, fontWeight: 700 }}
            >
              {t('cost.total')}
            </Box>
            <Box component="td" sx={{ ...NUMBER, fontWeight: 700 }}>
              {money(cents, currency)}
            </Box>
          </tr>
        </tfoot>
      </Box>
      <Box
        sx={{
          px: 2,
          py: 1,
          borderTop: 1,
          borderColor: 'divider',
          color: 'text.secondary',
          fontSize: '0.8125rem',
        }}
      >
        {delta === 0
          ? t('cost.same')
          : `${t('cost.before', { amount: money(centsBefore, currency) })} ${t(
              'cost.change',
              { amount: moneyDelta(delta) },
            )}`}
      </Box>
    </>
  );
}

/** A thin bar beside its figure. */
function Share(props: { of: number }) {
  const percent = Math.round(props.of * 100);
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
      <Box
        aria-hidden
        sx={{ flex: 1, height: 6, borderRadius: 3, bgcolor: 'action.selected' }}
      >
        <Box
          sx={{
            width: `${percent}%`,
            height: 6,
            borderRadius: 3,
            bgcolor: 'text.secondary',
          }}
        />
      </Box>
      <Box
        component="span"
        sx={{
          width: '2.6em',
          textAlign: 'right',
          color: 'text.secondary',
          fontSize: '0.8125rem',
          ...TABULAR,
        }}
      >
        {percent} %
      </Box>
    </Box>
  );
}
