import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useService } from '../api';
import { EmptyState, Panel, RowsSkeleton, StateView } from '../components';
import { PipelineRuns } from '../pages/environments/PipelineRuns';
import { slipwayTranslationRef } from '../translation';
import { type ServiceKey } from './serviceOf';
import { WithService } from './WithService';

/** The newest few; the rest is on the environment's page. */
const SHOWN = 4;

/**
 * What is being built, what was, and what failed – of every pipeline engine in one list.
 *
 * @internal
 */
export const PipelinesCard = () => (
  <WithService>{service => <PipelinesPanel {...service} />}</WithService>
);

function PipelinesPanel(props: ServiceKey) {
  const { organization, service } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  // Runs belong to the service; the API asks for them by one of its environments.
  const query = useService(organization, service);
  return (
    <Panel title={t('pipelinesCard.title')}>
      <StateView
        query={query}
        what={`the service ${organization}/${service}`}
        skeleton={<RowsSkeleton rows={3} height={28} />}
        isEmpty={({ environments }) => environments.length === 0}
        empty={
          <EmptyState title="No pipelines yet">
            They start with the first environment of the service.
          </EmptyState>
        }
      >
        {({ environments }) => (
          <PipelineRuns
            environment={{
              organization,
              service,
              environment: environments[0].name,
            }}
            limit={SHOWN}
          />
        )}
      </StateView>
    </Panel>
  );
}
