import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ApiSourceAge } from '@slipway/plugin-slipway-common';
import { slipwayTranslationRef } from '../../translation';
import { EmptyState } from '../State';

/**
 * That no run is known – which isn't that none there was, while an engine doesn't answer.
 *
 * @internal
 */
export function NoRuns(props: { sources: ApiSourceAge[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const complete = props.sources.every(({ state }) => state === 'live');
  return complete ? (
    <EmptyState title={t('pipelines.emptyTitle')}>
      {t('pipelines.emptyText')}
    </EmptyState>
  ) : (
    <EmptyState title={t('pipelines.noneKnown')}>
      {t('pipelines.noneKnownText')}
    </EmptyState>
  );
}
