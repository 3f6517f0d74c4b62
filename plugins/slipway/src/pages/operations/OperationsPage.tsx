import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiOperations } from '@slipway/plugin-slipway-common';
import { useOperations } from '../../api';
import { Panel, RowsSkeleton, StateView, Toned } from '../../components';
import { formatAge } from '../../format';
import { slipwayTranslationRef } from '../../translation';
import { TABULAR, type Tone } from '../../theme';
import { PageBody } from '../PageBody';
import { Clusters } from './Clusters';
import { QueueItems } from './QueueItems';
import { Sources } from './Sources';

const PERMISSION = 'slipway.operations.read';

/**
 * Whether the machinery runs: queue, dead letters, sources, clusters.
 *
 * @internal
 */
export function OperationsPage() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useOperations();
  return (
    <PageBody>
      <StateView
        query={query}
        what="the operations"
        permission={PERMISSION}
        skeleton={<RowsSkeleton rows={6} />}
        sources={({ clusters }) => clusters.map(({ age }) => age)}
      >
        {operations => (
          <>
            <Panel title={t('operationsPage.queue')}>
              <QueueFigures operations={operations} />
              <QueueItems />
            </Panel>
            <Panel title={t('operationsPage.sources')}>
              <Sources sources={operations.sources} />
            </Panel>
            <Panel title={t('operationsPage.clusters')}>
              <Clusters clusters={operations.clusters} />
            </Panel>
          </>
        )}
      </StateView>
    </PageBody>
  );
}

function QueueFigures(props: { operations: ApiOperations }) {
  const { queue, writerDepth } = props.operations;
  const figures: Array<[name: string, value: string, tone?: Tone]> = [
    ['Due', String(queue.due)],
    ['Running', String(queue.leased)],
    ['Waiting', String(queue.waiting)],
    ['Dead letters', String(queue.dead), queue.dead > 0 ? 'bad' : undefined],
    ['Oldest due', formatAge(queue.oldestDueMs)],
    ['Changes to write', String(writerDepth)],
  ];
  return (
    <Box
      component="dl"
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 4, m: 0, px: 2, py: 1.5 }}
    >
      {figures.map(([name, value, tone]) => (
        <div key={name}>
          <Box
            component="dt"
            sx={{ color: 'text.secondary', fontSize: '0.75rem' }}
          >
            {name}
          </Box>
          <Box component="dd" sx={{ m: 0, fontSize: '1.25rem', ...TABULAR }}>
            {tone ? <Toned tone={tone}>{value}</Toned> : value}
          </Box>
        </div>
      ))}
    </Box>
  );
}
