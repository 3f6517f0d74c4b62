import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { Link as RouterLink } from 'react-router-dom';
import { useService, useServicePipelines } from '../api';
import { Panel, RowsSkeleton, StateView } from '../components';
import { NoRuns, PipelineRunList } from '../components/Pipelines';
import { environmentRouteRef } from '../routes';
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
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useServicePipelines(props);
  const items = query.data?.items ?? [];
  const engines = [...new Set(items.map(({ engine }) => engine))];
  return (
    <Panel
      title={t('pipelinesCard.title')}
      aside={engines.map(engine => t(`pipelines.engine.${engine}`)).join(', ')}
    >
      <StateView
        query={query}
        what={t('pipelines.what')}
        skeleton={<RowsSkeleton rows={3} height={28} />}
        sources={({ sources }) => sources}
        isEmpty={data => data.items.length === 0}
        empty={<NoRuns sources={query.data?.sources ?? []} />}
      >
        {data => (
          <>
            <PipelineRunList
              service={props}
              runs={data.items.slice(0, SHOWN)}
            />
            {data.items.length > SHOWN && <AllRuns service={props} />}
          </>
        )}
      </StateView>
    </Panel>
  );
}

/** The whole list is a part of the environment's page. */
function AllRuns(props: { service: ServiceKey }) {
  const { organization, service } = props.service;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(environmentRouteRef);
  const { data } = useService(organization, service);
  const environment = data?.environments[0]?.name;
  if (!route || !environment) {
    return null;
  }
  return (
    <Box
      sx={{
        px: 2,
        py: 1,
        borderTop: 1,
        borderColor: 'divider',
        fontSize: '0.875rem',
      }}
    >
      <Link
        component={RouterLink}
        to={`${route({ organization, service, environment })}?tab=pipelines`}
      >
        {t('pipelines.all')}
      </Link>
    </Box>
  );
}
