import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEnvironmentPlan, type EnvironmentKey } from '../../api';
import { RowsSkeleton, StateView } from '../../components';
import { CostView } from '../../components/Cost';
import { slipwayTranslationRef } from '../../translation';

/**
 * What the environment costs a month, as the plan reckons it.
 *
 * @internal
 */
export function EnvironmentCostTab(props: { environment: EnvironmentKey }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useEnvironmentPlan(props.environment);
  return (
    <StateView
      query={query}
      what={t('cost.what')}
      skeleton={<RowsSkeleton rows={4} height={28} />}
    >
      {({ cost }) => <CostView cost={cost} />}
    </StateView>
  );
}
