import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiEnvironment } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { useDrift, useService } from '../api';
import {
  EmptyState,
  Panel,
  RelativeTime,
  RowsSkeleton,
  StateView,
  Tag,
} from '../components';
import { DriftView, NoDriftLine } from '../components/Drift';
import { environmentRouteRef } from '../routes';
import { slipwayTranslationRef } from '../translation';
import { type ServiceKey } from './serviceOf';
import { WithService } from './WithService';

/** A card fits without scrolling: so many drifted environments, and so many fields of each. */
const ENVIRONMENTS = 3;
const FIELDS = [5, 3, 2];

/**
 * What differs from what was agreed, in any environment of a service – or that nothing does, and how sure that is.
 *
 * @internal
 */
export const DriftCard = () => (
  <WithService>{service => <DriftPanel {...service} />}</WithService>
);

const oldest = (environments: ApiEnvironment[]): string | undefined =>
  environments
    .map(({ drift }) => drift?.checkedAt)
    .filter((at): at is string => at !== undefined)
    .sort()[0];

function DriftPanel(props: ServiceKey) {
  const { organization, service } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useService(organization, service);
  const environments = query.data?.environments ?? [];
  const objects = environments.reduce(
    (sum, { drift }) => sum + (drift?.objects ?? 0),
    0,
  );
  const checkedAt = oldest(environments);
  return (
    <Panel
      title={t('drift.title')}
      aside={
        query.data && (
          <Box
            component="span"
            sx={{ display: 'inline-flex', alignItems: 'baseline', gap: 1 }}
          >
            {objects > 0 && <Tag>{t('drift.objects', { count: objects })}</Tag>}
            <span>
              {checkedAt &&
                t('drift.checked', {
                  age: <RelativeTime at={checkedAt} form="ago" />,
                })}
            </span>
          </Box>
        )
      }
    >
      <StateView
        query={query}
        what={t('syncCard.what', { name: `${organization}/${service}` })}
        skeleton={<RowsSkeleton rows={2} />}
        sources={data => data.environments.map(({ source }) => source)}
        isEmpty={data => data.environments.length === 0}
        empty={
          <EmptyState title={t('drift.emptyTitle')}>
            {t('drift.emptyText')}
          </EmptyState>
        }
      >
        {data => <Found environments={data.environments} />}
      </StateView>
    </Panel>
  );
}

/** Whether its objects have reached the cluster, so that there is something to compare. */
const isThere = ({ conditions }: ApiEnvironment): boolean =>
  conditions.some(
    ({ type, status, reason }) =>
      type === 'Provisioned' && status !== 'False' && reason !== 'Ahead',
  );

function Found(props: { environments: ApiEnvironment[] }) {
  const { environments } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const drifted = environments.filter(
    ({ drift }) => drift?.state === 'drifted',
  );
  const clean = environments.filter(({ drift }) => drift?.state === 'none');
  const others = environments.filter(
    ({ drift }) => drift === undefined || drift.state === 'unknown',
  );
  const unknown = others.filter(isThere);
  const ahead = others.filter(environment => !isThere(environment));
  const names = (list: ApiEnvironment[]) =>
    list.map(({ name }) => name).join(', ');
  const limit = FIELDS[Math.min(drifted.length, FIELDS.length) - 1];
  return (
    <>
      {drifted.slice(0, ENVIRONMENTS).map(environment => (
        <Box
          key={environment.name}
          sx={{
            borderBottom: 1,
            borderColor: 'divider',
            '&:last-child': { borderBottom: 0 },
          }}
        >
          <DriftedEnvironment environment={environment} limit={limit} />
        </Box>
      ))}
      {drifted.length > ENVIRONMENTS && (
        <NoDriftLine unknown>
          {t('drift.also', { names: names(drifted.slice(ENVIRONMENTS)) })}
        </NoDriftLine>
      )}
      {clean.length > 0 && (
        <NoDriftLine>
          <strong>{t('drift.none')}</strong>{' '}
          {t('drift.environment', { environment: names(clean) })}
        </NoDriftLine>
      )}
      {unknown.length > 0 && (
        <NoDriftLine unknown>
          {t('drift.notYet', { environment: names(unknown) })}
        </NoDriftLine>
      )}
      {ahead.length > 0 && (
        <NoDriftLine unknown>
          {t('drift.notThere', { environment: names(ahead) })}
        </NoDriftLine>
      )}
    </>
  );
}

function DriftedEnvironment(props: {
  environment: ApiEnvironment;
  limit: number;
}) {
  const { environment, limit } = props;
  const { organization, service, name } = environment;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const key = { organization, service, environment: name };
  const query = useDrift(key);
  const route = useRouteRef(environmentRouteRef);
  return (
    <StateView
      query={query}
      what={t('drift.what')}
      skeleton={<RowsSkeleton rows={2} />}
    >
      {drift => (
        <DriftView
          environment={key}
          drift={drift}
          limit={limit}
          named
          more={count => {
            const words = t('drift.more', { count });
            return route ? (
              <Link component={RouterLink} to={`${route(key)}?tab=drift`}>
                {words}
              </Link>
            ) : (
              words
            );
          }}
        />
      )}
    </StateView>
  );
}
