import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import { speaking, type ApiEnvironment } from '@slipway/plugin-slipway-common';
import {
  useApproveEnvironment,
  useEnvironmentPlan,
  type EnvironmentKey,
} from '../../api';
import {
  ActionButton,
  ActionError,
  EnvironmentPlanView,
  RowsSkeleton,
  StateView,
} from '../../components';
import { conditionsOf } from '../../format';
import { slipwayTranslationRef } from '../../translation';

/**
 * What is rendered now, beside what is committed – and, while an approval is wanted, the button that gives it to
 * exactly this.
 *
 * @internal
 */
export function EnvironmentPlanTab(props: {
  environment: EnvironmentKey;
  details: ApiEnvironment;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useEnvironmentPlan(props.environment);
  const approve = useApproveEnvironment(props.environment);
  const here = speaking(conditionsOf(props.details.conditions));
  const wanted = here?.station === 'Approved' && here.state === 'waiting';
  return (
    <StateView
      query={query}
      what={t('form.planNoun')}
      skeleton={<RowsSkeleton rows={5} />}
    >
      {plan => (
        <>
          {wanted && (
            <Box
              sx={{
                px: 2,
                py: 1.5,
                display: 'flex',
                flexWrap: { xs: 'wrap', sm: 'nowrap' },
                columnGap: 2,
                rowGap: 1,
                alignItems: 'center',
                '@media print': { display: 'none' },
              }}
            >
              <ActionButton
                variant="contained"
                busy={approve.isPending}
                onClick={() => approve.mutate(plan.approvalDigest)}
              >
                {t('parts.approvePlan')}
              </ActionButton>
              <span>{t('parts.approvePlanHelp')}</span>
            </Box>
          )}
          <ActionError error={approve.error} />
          <EnvironmentPlanView plan={plan} />
        </>
      )}
    </StateView>
  );
}
