import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiChangeRequest } from '@slipway/plugin-slipway-common';
import { useChangeRequests, useOrganizations } from '../../api';
import { EmptyState, Panel, RowsSkeleton, StateView } from '../../components';
import { slipwayTranslationRef } from '../../translation';
import { CreateButton } from '../CreateButton';
import { ChoiceFilter, Filters, TextFilter } from '../Filters';
import { organizationChoices } from '../organizationChoices';
import { PageBody } from '../PageBody';
import { PlatformShortcuts } from '../PlatformShortcuts';
import { useUrlFilter } from '../useUrlFilter';
import { ChangeRequestRow } from './ChangeRequestRow';

const STATES = ['open', 'merged', 'closed', 'all'] as const;

const stateOf = (value: string): ApiChangeRequest['state'] | undefined =>
  (['open', 'merged', 'closed'] as const).find(state => state === value);

const matches = (request: ApiChangeRequest, text: string): boolean =>
  `#${request.number} ${request.title} ${request.author} ${request.paths.join(' ')}`
    .toLocaleLowerCase('en-US')
    .includes(text.trim().toLocaleLowerCase('en-US'));

/**
 * Change requests to what people declare, newest first; the open ones unless somebody asks for others.
 *
 * @internal
 */
export function ChangeRequestsPage() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [text, setText] = useUrlFilter('filter');
  const [state, setState] = useUrlFilter('state', 'open');
  const [organization, setOrganization] = useUrlFilter('organization');
  const organizations = useOrganizations();
  const query = useChangeRequests({
    state: stateOf(state),
    organization: organization || undefined,
  });
  return (
    <PageBody>
      <Filters>
        <TextFilter label={t('filters.text')} value={text} onChange={setText} />
        <ChoiceFilter
          label={t('filters.state')}
          value={state}
          onChange={setState}
          choices={STATES.map(
            each => [each, t(`changeRequestsPage.states.${each}`)] as const,
          )}
        />
        <ChoiceFilter
          label={t('filters.organization')}
          value={organization}
          onChange={setOrganization}
          choices={organizationChoices(
            organizations.data?.items,
            organization,
            t('filters.all'),
          )}
        />
      </Filters>
      <Panel
        title={t('changeRequestsPage.title')}
        aside={
          query.data &&
          t('changeRequestsPage.count', { count: query.data.items.length })
        }
        actions={<PlatformShortcuts filter />}
      >
        <StateView
          query={query}
          what={t('changeRequestsPage.what')}
          skeleton={<RowsSkeleton rows={5} />}
          isEmpty={({ items }) => items.length === 0}
          empty={<NoChangeRequests state={state} />}
        >
          {({ items }) => (
            <Rows items={items.filter(item => matches(item, text))} />
          )}
        </StateView>
      </Panel>
    </PageBody>
  );
}

function Rows(props: { items: ApiChangeRequest[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (props.items.length === 0) {
    return <EmptyState title={t('changeRequestsPage.noneMatch')} />;
  }
  return (
    <Box
      component="ul"
      aria-label={t('changeRequestsPage.title')}
      sx={{ listStyle: 'none', m: 0, p: 0 }}
    >
      {props.items.map(item => (
        <ChangeRequestRow key={item.id} request={item} />
      ))}
    </Box>
  );
}

function NoChangeRequests(props: { state: string }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <EmptyState
      title={
        props.state === 'open'
          ? t('changeRequestsPage.noneOpen')
          : t('changeRequestsPage.none')
      }
      actions={<CreateButton>{t('changeRequestsPage.create')}</CreateButton>}
    >
      {t('changeRequestsPage.noneText')}
    </EmptyState>
  );
}
