import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { ApiOrganizationDetails } from '@slipway/plugin-slipway-common';
import { EntityName, Toned } from '../../components';
import { money, webUrl } from '../../format';
import { MONO, TABULAR, tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { isOverBudget } from '../overview/CostByOrganization';
import { PlatformShortcuts } from '../PlatformShortcuts';

/**
 * Who the organization is, and its cost beside its budget.
 *
 * @internal
 */
export function OrganizationHeader(props: {
  organization: ApiOrganizationDetails;
}) {
  const { organization } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [repository] = organization.links;
  const url = webUrl(repository?.url);
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 2,
        alignItems: 'flex-start',
        justifyContent: 'space-between',
      }}
    >
      <Box sx={{ minWidth: 0 }}>
        <Typography
          component="h1"
          sx={{ fontSize: '1.375rem', fontWeight: 700 }}
        >
          {organization.displayName}
        </Typography>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            columnGap: 2,
            rowGap: 0.5,
            color: 'text.secondary',
            fontSize: '0.875rem',
          }}
        >
          <span>
            {t('organizationPage.ownedBy')}{' '}
            <EntityName entityRef={organization.owner} kind="group" />
          </span>
          {organization.members.length > 0 && (
            <span title={organization.members.join(', ')}>
              {t('organizationPage.members', {
                count: organization.members.length,
              })}
            </span>
          )}
          <span>
            {t('organizationPage.engine', {
              engine: organization.pipelineEngine,
            })}
          </span>
          <Box
            component="span"
            sx={{
              fontFamily: MONO,
              fontSize: '0.78rem',
              overflowWrap: 'anywhere',
            }}
          >
            {url ? (
              <Link href={url} target="_blank" rel="noopener">
                {organization.path}
              </Link>
            ) : (
              organization.path
            )}
          </Box>
        </Box>
      </Box>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
        <Budget organization={organization} />
        <PlatformShortcuts />
      </Box>
    </Box>
  );
}

function Budget(props: { organization: ApiOrganizationDetails }) {
  const { organization } = props;
  const { cents, budgetCents, currency } = organization;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const over = isOverBudget(organization);
  const share = budgetCents ? Math.round((cents / budgetCents) * 100) : 0;
  return (
    <Box sx={{ minWidth: 200, textAlign: 'right', ...TABULAR }}>
      <Box sx={{ fontSize: '1.125rem', fontWeight: 700 }}>
        {t('fleet.aMonth', { amount: money(cents, currency) })}
      </Box>
      {budgetCents !== undefined && (
        <Box
          aria-hidden
          sx={{
            height: 6,
            my: 0.5,
            borderRadius: 1,
            bgcolor: 'action.selected',
            overflow: 'hidden',
          }}
        >
          <Box
            sx={{
              height: '100%',
              width: `${Math.min(100, share)}%`,
              bgcolor: theme => tone(theme, over ? 'bad' : 'go'),
            }}
          />
        </Box>
      )}
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
        {budgetCents === undefined
          ? t('organizationPage.noBudget')
          : t('organizationPage.ofBudget', {
              share: `${share}`,
              amount: money(budgetCents, currency),
            })}
        {over && (
          <>
            {' · '}
            <Toned tone="bad">{t('fleet.overBudget')}</Toned>
          </>
        )}
      </Box>
    </Box>
  );
}
