import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import ProblemIcon from '@mui/icons-material/ErrorOutline';
import RequestIcon from '@mui/icons-material/Difference';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiService } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { useService } from '../api';
import {
  AsOf,
  EmptyState,
  EnvironmentRow,
  Notice,
  Panel,
  RowsSkeleton,
  StateView,
} from '../components';
import { count, money } from '../format';
import { changeRequestRouteRef, rootRouteRef } from '../routes';
import { slipwayTranslationRef } from '../translation';
import { type ServiceKey } from './serviceOf';
import { WithService } from './WithService';

/** A card fits without scrolling for so many; more are a link. */
const SHOWN = 3;

/**
 * Where a service runs and why it doesn't: a compact road per environment, revision, author, age, cost.
 *
 * @internal
 */
export const SyncCard = () => (
  <WithService>{service => <SyncPanel {...service} />}</WithService>
);

function SyncPanel(props: ServiceKey) {
  const { organization, service } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useService(organization, service);
  const { data } = query;
  return (
    <Panel
      title={t('syncCard.title')}
      aside={
        data && (
          <>
            <AsOf sources={data.environments.map(({ source }) => source)} />
            {data.environments.length > 0 &&
              ` · ${money(data.cents, data.currency)} a month`}
          </>
        )
      }
      actions={<AllEnvironments {...props} />}
    >
      <StateView
        query={query}
        what={`the service ${organization}/${service}`}
        skeleton={<RowsSkeleton rows={SHOWN} />}
        sources={({ environments }) => environments.map(({ source }) => source)}
      >
        {found => <Environments service={found} />}
      </StateView>
    </Panel>
  );
}

function Environments(props: { service: ApiService }) {
  const { service } = props;
  const { environments } = service;
  const more = environments.length - SHOWN;
  return (
    <>
      <SpecNotices service={service} />
      {environments.length === 0 ? (
        <EmptyState title="No environments yet">
          Add one to {service.path}, by the template “Add an environment” or by
          a change request of your own.
        </EmptyState>
      ) : (
        <Box
          component="ul"
          aria-label="Environments"
          sx={{ listStyle: 'none', m: 0, p: 0 }}
        >
          {environments.slice(0, SHOWN).map(environment => (
            <EnvironmentRow key={environment.name} environment={environment} />
          ))}
        </Box>
      )}
      {more > 0 && (
        <Box sx={{ px: 2, py: 1, borderTop: 1, borderColor: 'divider' }}>
          <AllEnvironments
            organization={service.organization}
            service={service.name}
            text={`${more} more`}
          />
        </Box>
      )}
    </>
  );
}

/** What isn't about one environment: errors of the file, and a change that is on its way. */
function SpecNotices(props: { service: ApiService }) {
  const { problems, path, openChangeRequest } = props.service;
  const route = useRouteRef(changeRequestRouteRef);
  const errors = problems.filter(({ severity }) => severity === 'error');
  return (
    <>
      {errors.length > 0 && (
        <Notice tone="bad" icon={ProblemIcon}>
          <strong>
            {path} has {count(errors.length, 'error')}; the last valid version
            keeps running.
          </strong>{' '}
          {errors[0].line !== undefined && `Line ${errors[0].line}: `}
          {errors[0].message}
        </Notice>
      )}
      {openChangeRequest && route && (
        <Notice tone="go" icon={RequestIcon}>
          A change is on its way:{' '}
          <Link component={RouterLink} to={route({ id: openChangeRequest })}>
            open change request
          </Link>
        </Notice>
      )}
    </>
  );
}

function AllEnvironments(props: ServiceKey & { text?: string }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const root = useRouteRef(rootRouteRef);
  if (!root) {
    return null;
  }
  const query = new URLSearchParams({
    filter: `${props.organization}/${props.service}/`,
  });
  return (
    <Link
      component={RouterLink}
      to={`${root()}/environments?${query}`}
      variant="body2"
    >
      {props.text ?? t('syncCard.all')}
    </Link>
  );
}
