import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Link from '@mui/material/Link';
import type { ApiOrganizationFigures } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { useOverview } from '../../api';
import {
  EmptyState,
  Figures,
  Panel,
  RowsSkeleton,
  StateView,
  Toned,
} from '../../components';
import { money, type Standing } from '../../format';
import type { Tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { usePageLinks } from '../links';
import { isOverBudget } from '../overview/CostByOrganization';
import { PageBody } from '../PageBody';
import { PlatformShortcuts } from '../PlatformShortcuts';

/** What of an organization's environments is counted apart, and the list of just those. */
const COUNTED = [
  { count: 'failing', state: 'stopped', tone: 'bad' },
  { count: 'waiting', state: 'waiting', tone: 'wait' },
  { count: 'drifted', state: 'drifted', tone: 'wait' },
] as const satisfies Array<{
  count: keyof ApiOrganizationFigures;
  state: Standing;
  tone: Tone;
}>;

/**
 * The organizations that the reader may see, with what they run and cost.
 *
 * @internal
 */
export function OrganizationsPage() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useOverview();
  return (
    <PageBody>
      <Panel
        title={t('organizationsPage.title')}
        aside={query.data?.organizations.length}
        actions={<PlatformShortcuts />}
      >
        <StateView
          query={query}
          what={t('organizationsPage.what')}
          skeleton={<RowsSkeleton rows={4} />}
          sources={({ clusters }) => clusters.map(({ age }) => age)}
          isEmpty={({ organizations }) => organizations.length === 0}
          empty={
            <EmptyState title={t('fleet.noOrganizations')}>
              {t('fleet.noOrganizationsText')}
            </EmptyState>
          }
        >
          {({ organizations }) => <Table organizations={organizations} />}
        </StateView>
      </Panel>
    </PageBody>
  );
}

function Table(props: { organizations: ApiOrganizationFigures[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { organization: linkOf } = usePageLinks();
  return (
    <Figures
      label={t('organizationsPage.title')}
      rows={props.organizations}
      keyOf={({ name }) => name}
      columns={[
        {
          title: t('organizationsPage.columns.name'),
          cell: ({ name, displayName }) => (
            <Link
              component={RouterLink}
              to={linkOf(name)}
              underline="hover"
              sx={{ fontWeight: 600 }}
            >
              {displayName}
            </Link>
          ),
        },
        {
          title: t('organizationsPage.columns.environments'),
          figure: true,
          cell: ({ name, environments }) => (
            <CountLink organization={name} count={environments} />
          ),
        },
        ...COUNTED.map(({ count, state, tone }) => ({
          title: t(`organizationsPage.columns.${count}`),
          figure: true,
          cell: (row: ApiOrganizationFigures) => (
            <CountLink
              organization={row.name}
              count={row[count]}
              state={state}
              tone={tone}
            />
          ),
        })),
        {
          title: t('organizationsPage.columns.cost'),
          figure: true,
          cell: ({ cents, currency }) => money(cents, currency),
        },
        {
          title: t('organizationsPage.columns.budget'),
          figure: true,
          cell: each =>
            each.budgetCents === undefined ? (
              t('organizationsPage.noBudget')
            ) : (
              <>
                {money(each.budgetCents, each.currency)}
                {isOverBudget(each) && (
                  <>
                    {' · '}
                    <Toned tone="bad">{t('fleet.overBudget')}</Toned>
                  </>
                )}
              </>
            ),
        },
      ]}
    />
  );
}

/** A figure that leads to the rows behind it; nothing leads nowhere. */
function CountLink(props: {
  organization: string;
  count: number;
  state?: Standing;
  tone?: Tone;
}) {
  const { organization, count, state, tone } = props;
  const { environments } = usePageLinks();
  if (count === 0) {
    return <>0</>;
  }
  const figure = count.toLocaleString('en-US');
  return (
    <Link
      component={RouterLink}
      to={environments({ organization, state })}
      color="inherit"
      underline="hover"
    >
      {tone ? <Toned tone={tone}>{figure}</Toned> : figure}
    </Link>
  );
}
