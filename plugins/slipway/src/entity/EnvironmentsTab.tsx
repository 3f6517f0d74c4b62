import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiEnvironment } from '@slipway/plugin-slipway-common';
import { useService } from '../api';
import { EmptyState, LiveNotice, PageSkeleton, StateView } from '../components';
import { EnvironmentView } from '../pages/environments/EnvironmentView';
import { useUrlFilter } from '../pages/useUrlFilter';
import { PAPER } from '../theme';
import { slipwayTranslationRef } from '../translation';
import { type ServiceKey } from './serviceOf';
import { WithService } from './WithService';

/**
 * The tab of a service: which environments there are and how each is, and everything about the chosen one.
 *
 * @internal
 */
export const EnvironmentsTab = () => (
  <WithService>
    {service => (
      // What is said about all of it keeps its distance.
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <LiveNotice>
          <ServiceEnvironments {...service} />
        </LiveNotice>
      </Box>
    )}
  </WithService>
);

function ServiceEnvironments(props: ServiceKey) {
  const { organization, service } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useService(organization, service);
  return (
    <StateView
      query={query}
      what={t('syncCard.what', { name: `${organization}/${service}` })}
      skeleton={<PageSkeleton />}
      isEmpty={({ environments }) => environments.length === 0}
      empty={
        <EmptyState title={t('environmentPage.noService')}>
          {t('environmentPage.noServiceText', {
            service: `${organization}/${service}`,
          })}
        </EmptyState>
      }
    >
      {({ environments }) => (
        <Chosen service={props} environments={environments} />
      )}
    </StateView>
  );
}

function Chosen(props: {
  service: ServiceKey;
  environments: ApiEnvironment[];
}) {
  const { service, environments } = props;
  const [chosen, choose] = useUrlFilter('environment');
  const current =
    environments.find(({ name }) => name === chosen) ?? environments[0];
  return (
    <Box
      sx={{
        display: 'flex',
        flexDirection: 'column',
        gap: 2,
        lineHeight: 1.45,
        ...PAPER,
      }}
    >
      <EnvironmentView
        key={current.name}
        environment={{ ...service, environment: current.name }}
        onChoose={choose}
        onEntity
      />
    </Box>
  );
}
