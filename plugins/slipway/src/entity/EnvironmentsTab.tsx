import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { speaking, type ApiEnvironment } from '@slipway/plugin-slipway-common';
import { useService } from '../api';
import { EmptyState, PageSkeleton, StateView, Toned } from '../components';
import { LOOKS } from '../components/Road';
import { conditionsOf } from '../format';
import { EnvironmentView } from '../pages/environments/EnvironmentView';
import { useUrlFilter } from '../pages/useUrlFilter';
import { type ServiceKey } from './serviceOf';
import { WithService } from './WithService';

/**
 * The tab of a service: which environments there are and how each is, and everything about the chosen one.
 *
 * @internal
 */
export const EnvironmentsTab = () => (
  <WithService>{service => <ServiceEnvironments {...service} />}</WithService>
);

function ServiceEnvironments(props: ServiceKey) {
  const { organization, service } = props;
  const query = useService(organization, service);
  return (
    <StateView
      query={query}
      what={`the service ${organization}/${service}`}
      skeleton={<PageSkeleton />}
      isEmpty={({ environments }) => environments.length === 0}
      empty={
        <EmptyState title="No environments yet">
          The spec of {organization}/{service} declares none; add one under
          spec.environments.
        </EmptyState>
      }
    >
      {({ environments }) => (
        <Switcher service={props} environments={environments} />
      )}
    </StateView>
  );
}

function Switcher(props: {
  service: ServiceKey;
  environments: ApiEnvironment[];
}) {
  const { service, environments } = props;
  const [chosen, choose] = useUrlFilter('environment');
  const current =
    environments.find(({ name }) => name === chosen) ?? environments[0];
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={current.name}
        onChange={(_event, name: string | null) => name && choose(name)}
        aria-label="Environment"
        sx={{ flexWrap: 'wrap' }}
      >
        {environments.map(environment => (
          <ToggleButton
            key={environment.name}
            value={environment.name}
            sx={{ textTransform: 'none', gap: 0.75 }}
          >
            {environment.name} <StateSign environment={environment} />
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <EnvironmentView
        key={current.name}
        environment={{ ...service, environment: current.name }}
      />
    </Box>
  );
}

function StateSign(props: { environment: ApiEnvironment }) {
  const state =
    speaking(conditionsOf(props.environment.conditions))?.state ?? 'done';
  const { sign, word, tone } = LOOKS[state];
  return (
    <Toned tone={tone}>
      <span role="img" aria-label={word} title={word}>
        {sign || '○'}
      </span>
    </Toned>
  );
}
