import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import type {
  ApiEnvironmentDetails,
  ApiService,
} from '@slipway/plugin-slipway-common';
import { lazy, Suspense, type ReactNode } from 'react';
import type { EnvironmentKey } from '../../api';
import { RowsSkeleton } from '../../components';
import type { ReleaseWish } from '../../components/Releases';
import { TAB, TABULAR } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { EnvironmentPlanTab } from './EnvironmentPlanTab';
import { EnvironmentTimelineTab } from './EnvironmentTimelineTab';
import { TABS, type TabName } from './tabs';

// What isn't looked at first is fetched when it is looked at.
const EnvironmentResourcesTab = lazy(() =>
  import('./EnvironmentResourcesTab').then(m => ({
    default: m.EnvironmentResourcesTab,
  })),
);
const EnvironmentDriftTab = lazy(() =>
  import('./EnvironmentDriftTab').then(m => ({
    default: m.EnvironmentDriftTab,
  })),
);
const EnvironmentPipelinesTab = lazy(() =>
  import('./EnvironmentPipelinesTab').then(m => ({
    default: m.EnvironmentPipelinesTab,
  })),
);
const EnvironmentCostTab = lazy(() =>
  import('./EnvironmentCostTab').then(m => ({
    default: m.EnvironmentCostTab,
  })),
);
const EnvironmentSettingsTab = lazy(() =>
  import('./EnvironmentSettingsTab').then(m => ({
    default: m.EnvironmentSettingsTab,
  })),
);

const Count = (props: { of: number }) => (
  <Box
    component="span"
    sx={{ ml: 0.75, color: 'text.secondary', fontWeight: 400, ...TABULAR }}
  >
    {props.of}
  </Box>
);

/**
 * The parts of an environment below its road, one at a time.
 *
 * @internal
 */
export function EnvironmentParts(props: {
  details: ApiEnvironmentDetails;
  environment: EnvironmentKey;
  service?: ApiService;
  tab: TabName;
  onTab: (tab: TabName) => void;
  onRelease: (wish: ReleaseWish) => void;
}) {
  const { details, environment, service, tab, onTab, onRelease } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const counts: Partial<Record<TabName, number>> = {
    resources: details.objects.length,
    drift:
      details.drift?.state === 'drifted' ? details.drift.fields : undefined,
  };
  return (
    <Box>
      <Tabs
        value={tab}
        onChange={(_event, name: TabName) => onTab(name)}
        aria-label={t('environmentPage.parts')}
        variant="scrollable"
        scrollButtons="auto"
        allowScrollButtonsMobile
        sx={{ minHeight: 40, mb: 1.5, borderBottom: 1, borderColor: 'divider' }}
      >
        {TABS.map(name => (
          <Tab
            key={name}
            value={name}
            id={`slipway-tab-${name}`}
            aria-controls={tab === name ? 'slipway-tab-panel' : undefined}
            label={
              <span>
                {t(`environmentPage.${name}`)}
                {counts[name] !== undefined && <Count of={counts[name]} />}
              </span>
            }
            sx={TAB}
          />
        ))}
      </Tabs>
      <TabPanel tab={tab}>
        {tab === 'timeline' && (
          <EnvironmentTimelineTab
            environment={environment}
            details={details}
            onRelease={onRelease}
          />
        )}
        {tab === 'plan' && (
          <EnvironmentPlanTab environment={environment} details={details} />
        )}
        <Suspense fallback={<RowsSkeleton rows={5} />}>
          {tab === 'resources' && (
            <EnvironmentResourcesTab
              environment={environment}
              details={details}
            />
          )}
          {tab === 'drift' && <EnvironmentDriftTab environment={environment} />}
          {tab === 'pipelines' && (
            <EnvironmentPipelinesTab environment={environment} />
          )}
          {tab === 'cost' && <EnvironmentCostTab environment={environment} />}
          {tab === 'settings' && (
            <EnvironmentSettingsTab details={details} service={service} />
          )}
        </Suspense>
      </TabPanel>
    </Box>
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
