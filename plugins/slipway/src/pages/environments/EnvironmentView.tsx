import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import type { ApiEnvironmentDetails } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { useEnvironment, useReconcile, type EnvironmentKey } from '../../api';
import {
  ActionButton,
  ActionError,
  BuildGates,
  PageSkeleton,
  Road,
  StateView,
  Timeline,
} from '../../components';
import { conditionsOf } from '../../format';
import { slipwayTranslationRef } from '../../translation';
import { useUrlFilter } from '../useUrlFilter';
import { EnvironmentHeader } from './EnvironmentHeader';
import { EnvironmentPlanTab } from './EnvironmentPlanTab';
import { ObjectList } from './ObjectList';
import { PipelineRuns } from './PipelineRuns';

const TABS = ['timeline', 'resources', 'plan', 'pipelines'] as const;
type TabName = (typeof TABS)[number];

const tabOf = (value: string): TabName =>
  TABS.find(name => name === value) ?? 'timeline';

/**
 * Everything about one environment: the road, what happened, what runs, what is rendered. On its page and in the tab
 * of the service's entity.
 *
 * @internal
 */
export function EnvironmentView(props: { environment: EnvironmentKey }) {
  const query = useEnvironment(props.environment);
  const { organization, service, environment } = props.environment;
  return (
    <StateView
      query={query}
      what={`the environment ${organization}/${service}/${environment}`}
      skeleton={<PageSkeleton />}
      sources={({ source }) => [source]}
    >
      {details => <Details details={details} environment={props.environment} />}
    </StateView>
  );
}

function Details(props: {
  details: ApiEnvironmentDetails;
  environment: EnvironmentKey;
}) {
  const { details, environment } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [value, setTab] = useUrlFilter('tab', 'timeline');
  const tab = tabOf(value);
  const reconcile = useReconcile(environment);
  const wantsApproval = details.conditions.some(
    ({ reason, status }) => reason === 'ApprovalWanted' && status === 'False',
  );
  return (
    <>
      <EnvironmentHeader details={details} />
      <Paper variant="outlined">
        <Road
          conditions={conditionsOf(details.conditions)}
          actions={
            <>
              {wantsApproval && (
                <ActionButton
                  variant="contained"
                  onClick={() => setTab('plan')}
                >
                  Review plan
                </ActionButton>
              )}
              <ActionButton
                variant="outlined"
                busy={reconcile.isPending}
                onClick={() => reconcile.mutate()}
              >
                Reconcile now
              </ActionButton>
            </>
          }
        />
        <ActionError error={reconcile.error} />
        {details.gates.some(({ open }) => !open) && (
          <Box sx={{ px: 2, pb: 2 }}>
            <BuildGates gates={details.gates} />
          </Box>
        )}
      </Paper>
      <Tabs
        value={tab}
        onChange={(_event, name: string) => setTab(name)}
        aria-label="Parts of the environment"
        variant="scrollable"
      >
        {TABS.map(name => (
          <Tab
            key={name}
            value={name}
            id={`slipway-tab-${name}`}
            aria-controls={tab === name ? 'slipway-tab-panel' : undefined}
            label={
              name === 'resources'
                ? `${t('environmentPage.resources')} (${details.objects.length})`
                : t(`environmentPage.${name}`)
            }
          />
        ))}
      </Tabs>
      <TabPanel tab={tab}>
        {tab === 'timeline' && <Timeline entries={details.timeline} />}
        {tab === 'resources' && <ObjectList objects={details.objects} />}
        {tab === 'plan' && (
          <EnvironmentPlanTab environment={environment} details={details} />
        )}
        {tab === 'pipelines' && <PipelineRuns environment={environment} />}
      </TabPanel>
    </>
  );
}

function TabPanel(props: { tab: TabName; children: ReactNode }) {
  return (
    <Paper
      variant="outlined"
      role="tabpanel"
      id="slipway-tab-panel"
      aria-labelledby={`slipway-tab-${props.tab}`}
      sx={{ overflow: 'hidden' }}
    >
      {props.children}
    </Paper>
  );
}
