import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiOperations } from '@slipway/plugin-slipway-common';
import { useOperations } from '../../api';
import { Panel, RowsSkeleton, StateView, Toned } from '../../components';
import { formatAge } from '../../format';
import { slipwayTranslationRef } from '../../translation';
import { TABULAR, type Tone } from '../../theme';
import { PageBody } from '../PageBody';
import { PlatformShortcuts } from '../PlatformShortcuts';
import { Clusters } from './Clusters';
import { GitHosts } from './GitHosts';
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
        what={t('operationsPage.what')}
        permission={PERMISSION}
        skeleton={<RowsSkeleton rows={6} />}
        sources={({ clusters }) => clusters.map(({ age }) => age)}
      >
        {operations => <Content operations={operations} />}
      </StateView>
    </PageBody>
  );
}

function Content(props: { operations: ApiOperations }) {
  const { operations } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  // What waits for somebody's word comes first.
  const isHeld = operations.sources.some(({ held }) => held?.length);
  const sources = (
    <Panel key="sources" title={t('operationsPage.sources')}>
      <Sources sources={operations.sources} />
    </Panel>
  );
  return (
    <>
      {isHeld && sources}
      <Panel title={t('operationsPage.queue')} actions={<PlatformShortcuts />}>
        <QueueFigures operations={operations} />
        <QueueItems />
      </Panel>
      {!isHeld && sources}
      <Panel title={t('operationsPage.clusters')}>
        <Clusters clusters={operations.clusters} />
      </Panel>
      <Panel title={t('operationsPage.gitHosts')}>
        <GitHosts hosts={operations.gitHosts} />
      </Panel>
      <Panel title={t('operationsPage.audit')} padded>
        <Box sx={{ fontSize: '0.875rem', color: 'text.secondary' }}>
          {t('operationsPage.auditText')}
        </Box>
      </Panel>
    </>
  );
}

function QueueFigures(props: { operations: ApiOperations }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { queue, writerDepth } = props.operations;
  const figures: Array<[name: string, value: string, tone?: Tone]> = [
    [t('operationsPage.figures.due'), String(queue.due)],
    [t('operationsPage.figures.leased'), String(queue.leased)],
    [t('operationsPage.figures.waiting'), String(queue.waiting)],
    [
      t('operationsPage.figures.dead'),
      String(queue.dead),
      queue.dead > 0 ? 'bad' : undefined,
    ],
    [t('operationsPage.figures.oldest'), formatAge(queue.oldestDueMs)],
    [t('operationsPage.figures.writer'), String(writerDepth)],
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
