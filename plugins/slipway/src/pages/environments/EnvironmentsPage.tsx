import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import { useDeferredValue } from 'react';
import { Link as RouterLink, useSearchParams } from 'react-router-dom';
import { useClasses, useEnvironmentsPart, useOrganizations } from '../../api';
import {
  AsOf,
  EmptyState,
  Panel,
  RowsSkeleton,
  StateView,
} from '../../components';
import { Announce } from '../../components/Live';
import { money, STANDINGS } from '../../format';
import { slipwayTranslationRef } from '../../translation';
import { CreateButton } from '../CreateButton';
import { ChoiceFilter, Filters, TextFilter } from '../Filters';
import { organizationChoices } from '../organizationChoices';
import { PageBody } from '../PageBody';
import { PlatformShortcuts } from '../PlatformShortcuts';
import { EnvironmentTable } from './EnvironmentTable';
import { SavedViews } from './SavedViews';
import {
  useEnvironmentsFilter,
  type EnvironmentsFilter,
} from './useEnvironmentsFilter';

/**
 * Every environment that the reader may see: narrowed and sorted by the backend, with filter and order in the URL.
 *
 * @internal
 */
export function EnvironmentsPage() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const filter = useEnvironmentsFilter();
  // Typing stays smooth: the list follows when there is time.
  const query = useDeferredValue(filter.query);
  const first = useEnvironmentsPart(query, 0);
  const { data } = first;
  return (
    <PageBody>
      {data && (
        <Announce
          text={t('environmentsPage.count', { count: data.total ?? 0 })}
        />
      )}
      <FilterLine filter={filter} states={data?.states} />
      <Panel
        title={t('environmentsPage.title')}
        aside={
          data && (
            <>
              {t('environmentsPage.count', { count: data.total ?? 0 })}
              {data.cents !== undefined &&
                data.currency &&
                ` · ${t('fleet.aMonth', {
                  amount: money(data.cents, data.currency),
                })}`}
              {data.items.length > 0 && (
                <>
                  {' · '}
                  <AsOf
                    sources={data.items.map(({ source }) => source)}
                    late={first.isError}
                  />
                </>
              )}
            </>
          )
        }
        actions={
          <>
            <SavedViews />
            <PlatformShortcuts filter />
          </>
        }
      >
        <StateView
          query={first}
          what={t('environmentsPage.what')}
          skeleton={<RowsSkeleton rows={8} />}
          sources={({ items }) => items.map(({ source }) => source)}
          isEmpty={({ total }) => !total}
          empty={filter.narrowed ? <NoneMatch /> : <NoEnvironments />}
        >
          {({ total = 0 }) => (
            <EnvironmentTable
              query={query}
              total={total}
              sort={filter.sort}
              onSort={filter.set.sort}
            />
          )}
        </StateView>
      </Panel>
    </PageBody>
  );
}

function FilterLine(props: {
  filter: EnvironmentsFilter;
  states: Array<{ state: string; count: number }> | undefined;
}) {
  const { filter, states } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const organizations = useOrganizations();
  const classes = useClasses();
  const all = t('filters.all');
  const countOf = (state: string) =>
    states?.find(each => each.state === state)?.count ?? 0;
  return (
    <Filters>
      <TextFilter
        label={t('filters.text')}
        value={filter.text}
        onChange={filter.set.text}
      />
      <ChoiceFilter
        label={t('filters.state')}
        value={filter.state}
        onChange={filter.set.state}
        choices={[
          ['', all],
          ...STANDINGS.map(
            state =>
              [
                state,
                states
                  ? `${t(`standing.${state}`)} (${countOf(state)})`
                  : t(`standing.${state}`),
              ] as const,
          ),
        ]}
      />
      <ChoiceFilter
        label={t('filters.organization')}
        value={filter.organization}
        onChange={filter.set.organization}
        choices={organizationChoices(
          organizations.data?.items,
          filter.organization,
          all,
        )}
      />
      <ChoiceFilter
        label={t('filters.class')}
        value={filter.class}
        onChange={filter.set.class}
        choices={organizationChoices(
          classes.data?.items.map(({ name }) => ({ name, displayName: name })),
          filter.class,
          all,
        )}
      />
    </Filters>
  );
}

function NoneMatch() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [parameters] = useSearchParams();
  const sort = parameters.get('sort');
  return (
    <EmptyState
      title={t('environmentsPage.noneMatch')}
      actions={
        <Button
          component={RouterLink}
          to={{ search: sort ? `?sort=${encodeURIComponent(sort)}` : '' }}
          size="small"
          variant="outlined"
        >
          {t('filters.clear')}
        </Button>
      }
    >
      {t('environmentsPage.noneMatchText')}
    </EmptyState>
  );
}

function NoEnvironments() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <EmptyState
      title={t('environmentsPage.none')}
      actions={<CreateButton>{t('environmentsPage.create')}</CreateButton>}
    >
      {t('environmentsPage.noneText')}
    </EmptyState>
  );
}
