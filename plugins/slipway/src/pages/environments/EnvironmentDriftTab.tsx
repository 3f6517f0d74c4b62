import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useDrift, type EnvironmentKey } from '../../api';
import { RowsSkeleton, StateView } from '../../components';
import {
  Disagreement,
  DriftFacts,
  DriftView,
  NoDrift,
} from '../../components/Drift';
import { slipwayTranslationRef } from '../../translation';

/**
 * What differs from what was agreed, field by field, with what Argo CD says of it.
 *
 * @internal
 */
export function EnvironmentDriftTab(props: { environment: EnvironmentKey }) {
  const { environment } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useDrift(environment);
  return (
    <StateView
      query={query}
      what={t('drift.what')}
      skeleton={<RowsSkeleton rows={4} />}
      sources={({ source }) => [source]}
    >
      {drift => (
        <>
          {drift.state === 'drifted' ? (
            <DriftView environment={environment} drift={drift} perObject />
          ) : (
            <>
              <NoDrift drift={drift} />
              <Disagreement drift={drift} />
            </>
          )}
          <DriftFacts drift={drift} />
        </>
      )}
    </StateView>
  );
}
