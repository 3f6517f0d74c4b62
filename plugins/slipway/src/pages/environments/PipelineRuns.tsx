import { usePipelines, type EnvironmentKey } from '../../api';
import { EmptyState, RowsSkeleton, StateView } from '../../components';
import { PipelineRunRows } from './PipelineRunRows';

/**
 * The pipeline runs of an environment's service, newest first, of every engine in one list.
 *
 * @internal
 */
export function PipelineRuns(props: {
  environment: EnvironmentKey | undefined;
  /** A card shows the newest few. */
  limit?: number;
}) {
  const query = usePipelines(props.environment);
  return (
    <StateView
      query={query}
      what="the pipeline runs"
      skeleton={<RowsSkeleton rows={3} height={28} />}
      sources={({ sources }) => sources}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <EmptyState title="No pipeline has run yet">
          The first push to the bound branch starts one.
        </EmptyState>
      }
    >
      {({ items }) => <PipelineRunRows runs={items.slice(0, props.limit)} />}
    </StateView>
  );
}
