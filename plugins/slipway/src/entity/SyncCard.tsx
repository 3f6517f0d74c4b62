import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import ProblemIcon from '@mui/icons-material/ErrorOutline';
import RequestIcon from '@mui/icons-material/Difference';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type {
  ApiEnvironment,
  ApiRelease,
  ApiService,
} from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { useReleases, useService } from '../api';
import {
  AsOf,
  EmptyState,
  EnvironmentRow,
  Notice,
  Panel,
  RowsSkeleton,
  StateView,
} from '../components';
import {
  ActionResult,
  RowActions,
  useEnvironmentActions,
} from '../components/EnvironmentActions';
import { releaseIn, useReleaseWish } from '../components/Releases';
import { money } from '../format';
import { changeRequestRouteRef, rootRouteRef } from '../routes';
import { slipwayTranslationRef } from '../translation';
import { EnvironmentNews } from './EnvironmentNews';
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
            <AsOf
              sources={data.environments.map(({ source }) => source)}
              late={query.isError}
            />
            {data.environments.length > 0 &&
              ` · ${t('environmentPage.perMonth', {
                amount: money(data.cents, data.currency),
              })}`}
          </>
        )
      }
      actions={<AllEnvironments {...props} />}
    >
      <StateView
        query={query}
        what={t('syncCard.what', { name: `${organization}/${service}` })}
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
  const { t } = useTranslationRef(slipwayTranslationRef);
  // The card stands without them.
  const releases = useReleases({
    organization: service.organization,
    service: service.name,
  });
  const more = environments.length - SHOWN;
  return (
    <>
      <EnvironmentNews environments={environments} />
      <SpecNotices service={service} />
      {environments.length === 0 ? (
        <EmptyState title={t('syncCard.emptyTitle')}>
          {t('syncCard.emptyText', { path: service.path })}
        </EmptyState>
      ) : (
        <Box
          component="ul"
          aria-label={t('syncCard.title')}
          sx={{ listStyle: 'none', m: 0, p: 0 }}
        >
          {environments.slice(0, SHOWN).map(environment => (
            <ActiveRow
              key={environment.name}
              environment={environment}
              release={releaseIn(releases.data?.items, environment.name)}
            />
          ))}
        </Box>
      )}
      {more > 0 && (
        <Box
          sx={{
            px: 2,
            py: 1,
            borderTop: 1,
            borderColor: 'divider',
            fontSize: '0.875rem',
          }}
        >
          <AllEnvironments
            organization={service.organization}
            service={service.name}
            text={t('syncCard.more', { number: `${more}` })}
          />
        </Box>
      )}
    </>
  );
}

/** A row with what can be asked of its environment, and how that went. */
function ActiveRow(props: {
  environment: ApiEnvironment;
  release?: ApiRelease;
}) {
  const { organization, service, name } = props.environment;
  const key = { organization, service, environment: name };
  const { wish, dialog } = useReleaseWish(key);
  const { actionsFor, asked, error, dismiss } = useEnvironmentActions(
    key,
    wish,
  );
  return (
    <EnvironmentRow
      environment={props.environment}
      release={props.release}
      actions={<RowActions environment={key} actionsFor={actionsFor} />}
    >
      <ActionResult asked={asked} error={error} onDismiss={dismiss} />
      {dialog}
    </EnvironmentRow>
  );
}

/** What isn't about one environment: errors of the file, and a change that is on its way. */
function SpecNotices(props: { service: ApiService }) {
  const { problems, path, openChangeRequest } = props.service;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(changeRequestRouteRef);
  const errors = problems.filter(({ severity }) => severity === 'error');
  return (
    <>
      {errors.length > 0 && (
        <Notice tone="bad" icon={ProblemIcon}>
          <strong>
            {t('syncCard.errors', { path, count: errors.length })}
          </strong>{' '}
          {errors[0].line !== undefined &&
            t('syncCard.line', { line: `${errors[0].line}` })}{' '}
          {errors[0].message}
        </Notice>
      )}
      {openChangeRequest && route && (
        <Notice tone="go" icon={RequestIcon}>
          {t('syncCard.change')}{' '}
          <Link component={RouterLink} to={route({ id: openChangeRequest })}>
            {t('syncCard.changeLink')}
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
