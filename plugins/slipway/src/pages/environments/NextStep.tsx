import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import {
  speaking,
  type ApiEnvironmentDetails,
} from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { ActionButton } from '../../components';
import {
  ConfirmAction,
  type EnvironmentAction,
} from '../../components/EnvironmentActions';
import { conditionsOf } from '../../format';
import { rootRouteRef } from '../../routes';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import type { TabName } from './tabs';
import { useEditForm } from './useEditForm';

/** Parts of the page that a reason leads to. */
const PARTS = {
  approve: 'plan',
  plan: 'plan',
  policies: 'plan',
  drift: 'drift',
  pipelines: 'pipelines',
  resources: 'resources',
} as const satisfies Record<string, TabName>;

/** Pages beside this one. */
const PAGES = {
  'delivery-change': 'change-requests',
  operations: 'operations',
} as const;

/**
 * What can be done about where the road stands, as the table of reasons knows it: one button, the right one.
 *
 * @internal
 */
export function NextStep(props: {
  details: ApiEnvironmentDetails;
  tab: TabName;
  actions: EnvironmentAction[];
  onTab: (tab: TabName) => void;
}) {
  const { details, tab, actions, onTab } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const root = useRouteRef(rootRouteRef);
  const form = useEditForm(details);
  const here = speaking(conditionsOf(details.conditions));
  let next = here?.action;
  // What drifted is also what Argo CD may be out of sync about.
  if (!next && details.drift?.state === 'drifted') {
    next = 'drift';
  }
  if (!next) {
    return null;
  }
  if (next in PARTS) {
    const part = PARTS[next as keyof typeof PARTS];
    return part === tab ? null : (
      <Button
        size="small"
        variant="contained"
        disableElevation
        sx={SENTENCE}
        onClick={() => onTab(part)}
      >
        {t(`nextStep.${next as keyof typeof PARTS}`)}
      </Button>
    );
  }
  if (next in PAGES && root) {
    return (
      <Button
        size="small"
        variant="contained"
        disableElevation
        sx={SENTENCE}
        component={RouterLink}
        to={`${root()}/${PAGES[next as keyof typeof PAGES]}`}
      >
        {t(`nextStep.${next as keyof typeof PAGES}`)}
      </Button>
    );
  }
  if (next === 'edit-spec' && form) {
    return (
      <Button
        size="small"
        variant="contained"
        disableElevation
        sx={SENTENCE}
        component={RouterLink}
        to={form}
      >
        {t('nextStep.edit-spec')}
      </Button>
    );
  }
  const action = actions.find(({ id }) => id === next);
  return action ? (
    <AskedAction environment={details.name} action={action} />
  ) : null;
}

/** What changes what runs is asked once more, here as in the menu. */
function AskedAction(props: {
  environment: string;
  action: EnvironmentAction;
}) {
  const { environment, action } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [asking, ask] = useState(false);
  return (
    <>
      <ActionButton
        variant="contained"
        disableElevation
        busy={action.busy}
        reason={
          action.allowance.allowed
            ? undefined
            : (action.allowance.reason ?? t('actions.notAllowed'))
        }
        title={action.help}
        onClick={() => (action.confirm ? ask(true) : action.run())}
      >
        {action.label}
      </ActionButton>
      {asking && (
        <ConfirmAction
          environment={environment}
          action={action}
          onClose={() => ask(false)}
        />
      )}
    </>
  );
}
