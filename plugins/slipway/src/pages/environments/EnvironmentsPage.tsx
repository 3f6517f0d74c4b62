import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ApiEnvironment } from '@slipway/plugin-slipway-common';
import { useMemo } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useEnvironments, useOrganizations } from '../../api';
import {
  AsOf,
  EmptyState,
  EnvironmentRow,
  Panel,
  RowsSkeleton,
  StateView,
} from '../../components';
import { count, money } from '../../format';
import { scaffolderRouteRef } from '../../routes';
import { slipwayTranslationRef } from '../../translation';
import { ChoiceFilter, Filters, TextFilter } from '../Filters';
import { PageBody } from '../PageBody';
import { useUrlFilter } from '../useUrlFilter';
import { filterEnvironments, STATE_CHOICES } from './filter';

/**
 * Every environment that the caller may see, with filters in the URL.
 *
 * @internal
 */
export function EnvironmentsPage() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [text, setText] = useUrlFilter('filter');
  const [organization, setOrganization] = useUrlFilter('organization');
  const [state, setState] = useUrlFilter('state');
  const organizations = useOrganizations();
  const query = useEnvironments(organization || undefined);
  const all = useMemo(
    () => query.data?.pages.flatMap(({ items }) => items),
    [query.data],
  );
  const rows = useMemo(
    () => filterEnvironments(all ?? [], { text, organization, state }),
    [all, text, organization, state],
  );
  return (
    <PageBody>
      <Filters>
        <TextFilter
          label={t('environmentsPage.filter')}
          value={text}
          onChange={setText}
        />
        <ChoiceFilter
          label={t('environmentsPage.organization')}
          value={organization}
          onChange={setOrganization}
          choices={organizationChoices(organizations.data?.items, organization)}
        />
        <ChoiceFilter
          label={t('environmentsPage.state')}
          value={state}
          onChange={setState}
          choices={STATE_CHOICES}
        />
      </Filters>
      <Panel
        title={t('environmentsPage.title')}
        aside={all && <Summary shown={rows} all={all} />}
      >
        <StateView
          query={{ ...query, data: all }}
          what="the environments"
          skeleton={<RowsSkeleton rows={6} />}
          sources={environments => environments.map(({ source }) => source)}
          isEmpty={environments => environments.length === 0}
          empty={<NoEnvironments />}
        >
          {() =>
            rows.length === 0 ? (
              <EmptyState title="No environment matches the filter">
                {count(all?.length ?? 0, 'environment is', 'environments are')}{' '}
                hidden by it.
              </EmptyState>
            ) : (
              <Box
                component="ul"
                aria-label={t('environmentsPage.title')}
                sx={{ listStyle: 'none', m: 0, p: 0 }}
              >
                {rows.map(environment => (
                  <EnvironmentRow
                    key={`${environment.organization}/${environment.service}/${environment.name}`}
                    environment={environment}
                    withService
                  />
                ))}
              </Box>
            )
          }
        </StateView>
        {query.hasNextPage && (
          <Box sx={{ p: 1, textAlign: 'center' }}>
            <Button
              onClick={() => query.fetchNextPage()}
              disabled={query.isFetchingNextPage}
            >
              {t('environmentsPage.more')}
            </Button>
          </Box>
        )}
      </Panel>
    </PageBody>
  );
}

/** The chosen organization stays a choice while the list of them loads, or can't be read. @internal */
export function organizationChoices(
  organizations: Array<{ name: string; displayName: string }> | undefined,
  chosen: string,
): Array<[string, string]> {
  const known = (organizations ?? []).map(
    ({ name, displayName }): [string, string] => [name, displayName],
  );
  const isKnown = known.some(([name]) => name === chosen);
  return [
    ['', 'All'],
    ...known,
    ...(chosen && !isKnown ? [[chosen, chosen] as [string, string]] : []),
  ];
}

function Summary(props: { shown: ApiEnvironment[]; all: ApiEnvironment[] }) {
  const { shown, all } = props;
  // Amounts of different currencies can't be added up.
  const currency = shown[0]?.currency;
  const oneCurrency = shown.every(row => row.currency === currency);
  return (
    <>
      {shown.length === all.length
        ? count(all.length, 'environment')
        : `${shown.length} of ${count(all.length, 'environment')}`}
      {currency &&
        oneCurrency &&
        ` · ${money(
          shown.reduce((sum, { cents }) => sum + cents, 0),
          currency,
        )} a month`}
      {all.length > 0 && (
        <>
          {' · '}
          <AsOf sources={all.map(({ source }) => source)} />
        </>
      )}
    </>
  );
}

function NoEnvironments() {
  const create = useRouteRef(scaffolderRouteRef);
  return (
    <EmptyState
      title="No environments yet"
      actions={
        create && (
          <Button
            component={RouterLink}
            to={create()}
            variant="contained"
            size="small"
          >
            Create a service
          </Button>
        )
      }
    >
      An environment appears here as soon as the change request of a service
      that declares one is merged.
    </EmptyState>
  );
}
