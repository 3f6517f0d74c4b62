import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiOrganizationFigures } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { EmptyState, Toned } from '../../components';
import { money } from '../../format';
import { TABULAR, tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { usePageLinks } from '../links';

/** More than this are a table, which is a page of its own. */
const SHOWN = 8;

/** Where a budget is set the bar is its share; else the share of the dearest organization. */
function shareOf(organization: ApiOrganizationFigures, most: number): number {
  const whole = organization.budgetCents ?? most;
  return whole > 0 ? Math.min(100, (organization.cents / whole) * 100) : 0;
}

/** Whether more is spent than was agreed. @internal */
export const isOverBudget = ({
  cents,
  budgetCents,
}: Pick<ApiOrganizationFigures, 'cents' | 'budgetCents'>): boolean =>
  budgetCents !== undefined && cents > budgetCents;

/**
 * What the organizations cost in a month, the dearest first, beside their budgets.
 *
 * @internal
 */
export function CostByOrganization(props: {
  organizations: ApiOrganizationFigures[];
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { organization: linkOf, page } = usePageLinks();
  const sorted = [...props.organizations].sort((a, b) => b.cents - a.cents);
  if (sorted.length === 0) {
    return (
      <EmptyState title={t('fleet.noOrganizations')}>
        {t('fleet.noOrganizationsText')}
      </EmptyState>
    );
  }
  const most = sorted[0].cents;
  return (
    <>
      <Box
        component="ul"
        aria-label={t('fleet.cost')}
        sx={{ listStyle: 'none', m: 0, px: 2, py: 1, fontSize: '0.875rem' }}
      >
        {sorted.slice(0, SHOWN).map(each => (
          <Box component="li" key={each.name} sx={{ py: 0.75 }}>
            <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
              <Link
                component={RouterLink}
                to={linkOf(each.name)}
                underline="hover"
                sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}
              >
                {each.displayName}
              </Link>
              <Box component="span" sx={{ ...TABULAR, whiteSpace: 'nowrap' }}>
                {money(each.cents, each.currency)}
                {each.budgetCents !== undefined && (
                  <Box component="span" sx={{ color: 'text.secondary' }}>
                    {' '}
                    {t('fleet.budget', {
                      amount: money(each.budgetCents, each.currency),
                    })}
                  </Box>
                )}
              </Box>
            </Box>
            <Box
              aria-hidden
              sx={{
                height: 6,
                mt: 0.5,
                borderRadius: 1,
                bgcolor: 'action.selected',
                overflow: 'hidden',
              }}
            >
              <Box
                sx={{
                  height: '100%',
                  width: `${shareOf(each, most)}%`,
                  bgcolor: theme =>
                    tone(theme, isOverBudget(each) ? 'bad' : 'go'),
                }}
              />
            </Box>
            {isOverBudget(each) && (
              <Toned tone="bad">{t('fleet.overBudget')}</Toned>
            )}
          </Box>
        ))}
      </Box>
      {sorted.length > SHOWN && (
        <Box sx={{ px: 2, pb: 1.5, fontSize: '0.8125rem' }}>
          <Link component={RouterLink} to={page('organizations')}>
            {t('fleet.more', { number: `${sorted.length}` })}
          </Link>
        </Box>
      )}
    </>
  );
}
