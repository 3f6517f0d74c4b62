import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import type { ApiEnvironmentDetails } from '@slipway/plugin-slipway-common';
import { useEnvironment, useService, type EnvironmentKey } from '../../api';
import { BuildGates, PageSkeleton, Road, StateView } from '../../components';
import {
  ActionResult,
  useEnvironmentActions,
} from '../../components/EnvironmentActions';
import { useReleaseWish } from '../../components/Releases';
import { Shortcuts, type Shortcut } from '../../components/Shortcuts';
import { conditionsOf } from '../../format';
import { slipwayTranslationRef } from '../../translation';
import { useUrlFilter } from '../useUrlFilter';
import { ActionsButton } from './ActionsButton';
import { EnvironmentHeader } from './EnvironmentHeader';
import { EnvironmentParts } from './EnvironmentParts';
import { EnvironmentSwitcher } from './EnvironmentSwitcher';
import { NextStep } from './NextStep';
import { TAB_KEYS, tabOf, TABS } from './tabs';

/**
 * Everything about one environment: the road, what happened, what runs, what is rendered. On its page and in the tab
 * of the service's entity.
 *
 * @internal
 */
export function EnvironmentView(props: {
  environment: EnvironmentKey;
  onChoose: (name: string) => void;
  onEntity?: boolean;
}) {
  const { environment, onChoose, onEntity } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useEnvironment(environment);
  return (
    <StateView
      query={query}
      what={t('environmentPage.what', {
        name: Object.values(environment).join('/'),
      })}
      skeleton={<PageSkeleton />}
      sources={({ source }) => [source]}
    >
      {details => (
        <Details
          details={details}
          environment={environment}
          onChoose={onChoose}
          onEntity={onEntity}
        />
      )}
    </StateView>
  );
}

function Details(props: {
  details: ApiEnvironmentDetails;
  environment: EnvironmentKey;
  onChoose: (name: string) => void;
  onEntity?: boolean;
}) {
  const { details, environment, onChoose, onEntity } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [value, setTab] = useUrlFilter('tab', 'timeline');
  const tab = tabOf(value);
  const { wish, dialog } = useReleaseWish(environment);
  const { actionsFor, asked, error, dismiss } = useEnvironmentActions(
    environment,
    wish,
  );
  const actions = actionsFor(details.allowed, details.commit);
  // Its other environments; the page stands without them.
  const { data: service } = useService(
    environment.organization,
    environment.service,
  );
  const others = service?.environments ?? [];
  const step = (by: number) => {
    const at = others.findIndex(({ name }) => name === details.name);
    const next = others[(at + by + others.length) % others.length];
    if (next && next.name !== details.name) {
      onChoose(next.name);
    }
  };
  const refresh = actions.find(({ id }) => id === 'refresh');
  const shortcuts: Shortcut[] = [
    ...TABS.map(name => ({
      keys: TAB_KEYS[name],
      label: t('shortcuts.tab', { name: t(`environmentPage.${name}`) }),
      run: () => setTab(name),
    })),
    { keys: ']', label: t('shortcuts.next'), run: () => step(1) },
    { keys: '[', label: t('shortcuts.previous'), run: () => step(-1) },
    ...(refresh?.allowance.allowed
      ? [{ keys: 'f', label: t('shortcuts.refresh'), run: refresh.run }]
      : []),
  ];
  return (
    <>
      <EnvironmentHeader
        details={details}
        service={service}
        onEntity={onEntity}
      >
        {others.length > 1 && (
          <EnvironmentSwitcher
            environments={others}
            current={details.name}
            onChoose={onChoose}
          />
        )}
        <Shortcuts items={shortcuts} />
      </EnvironmentHeader>
      <Paper variant="outlined">
        <Road
          conditions={conditionsOf(details.conditions)}
          actions={
            <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
              <NextStep
                details={details}
                tab={tab}
                actions={actions}
                onTab={setTab}
              />
              <ActionsButton environment={details.name} actions={actions} />
            </Box>
          }
        />
        <ActionResult asked={asked} error={error} onDismiss={dismiss} />
        {details.gates.some(({ open }) => !open) && (
          <Box sx={{ px: 2, pb: 2 }}>
            <BuildGates gates={details.gates} />
          </Box>
        )}
      </Paper>
      <EnvironmentParts
        details={details}
        environment={environment}
        service={service}
        tab={tab}
        onTab={setTab}
        onRelease={wish}
      />
      {dialog}
    </>
  );
}
