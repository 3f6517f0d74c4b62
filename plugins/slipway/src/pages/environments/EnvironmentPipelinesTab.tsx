import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePipelines, type EnvironmentKey } from '../../api';
import { RowsSkeleton, StateView } from '../../components';
import { NoRuns, PipelineRunList } from '../../components/Pipelines';
import { slipwayTranslationRef } from '../../translation';

/**
 * The pipeline runs of an environment and of its service, newest first, of every engine in one list.
 *
 * @internal
 */
export function EnvironmentPipelinesTab(props: {
  environment: EnvironmentKey;
}) {
  const { environment } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = usePipelines(environment);
  return (
    <StateView
      query={query}
      what={t('pipelines.what')}
      skeleton={<RowsSkeleton rows={3} height={28} />}
      sources={({ sources }) => sources}
      isEmpty={({ items }) => items.length === 0}
      empty={<NoRuns sources={query.data?.sources ?? []} />}
    >
      {({ items }) => (
        <PipelineRunList service={environment} runs={items} detailed />
      )}
    </StateView>
  );
}
