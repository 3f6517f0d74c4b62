import type { PullRequestHost } from '@slipway/plugin-slipway-node';
import { createStores, Stores } from '../database/createStores';
import { BatchingGitWriter, PlainGitHost } from '../git';
import { HttpClusters, readClusters, unreadLocators } from '../kubernetes';
import { LiveTopics } from '../services/live/LiveTopics';
import { PublishedLiveSignals } from '../services/live/PublishedLiveSignals';
import { WatchedStatusIndex, WrittenObjects } from '../watch';
import { Dependencies } from './dependencies';
import { writtenObjects } from './drift';
import { localRoots } from './localRoots';
import { notingStores } from './noting';
import { tellingStores } from './telling';

/** Nobody notices a second, and a thousand revisions in a minute are a few commits: the next one is then eight seconds away. */
const WRITER_PACE = { quietMs: 1_000, maxMs: 8_000 };

/** The channel of signals that open pages listen to. */
const LIVE_CHANNEL = 'slipway';

/** What reaches outside: database, Git, clusters, open pages. */
export interface Adapters {
  stores: Stores;
  topics: LiveTopics;
  signals: PublishedLiveSignals;
  host: PlainGitHost;
  /** Where pull requests are kept; what lies at none of them is plain Git. */
  pullRequestHosts: PullRequestHost[];
  writer: BatchingGitWriter;
  clusters: HttpClusters;
  writes: WrittenObjects;
  index: WatchedStatusIndex;
}

/** Makes the adapters; nothing runs yet. */
export async function assembleAdapters(deps: Dependencies): Promise<Adapters> {
  const { settings } = deps;
  const { stores, topics, signals } = await assembleStores(deps);
  const pullRequestHosts = deps.pullRequestHosts.all();
  const host = await PlainGitHost.create({
    changes: stores.changes,
    cacheDir: settings.git.cacheDirectory,
    localRoots: localRoots(settings),
    identity: settings.git.author,
    pullRequestHosts,
  });
  const writer = BatchingGitWriter.create({
    hosts: [host],
    slipway: settings.git.author,
    pace: WRITER_PACE,
  });
  const { heartbeatMs, unreachableMs, timeoutMs } = settings.watch;
  for (const told of unreadLocators(deps.config)) deps.logger.warn(told);
  const clusters = HttpClusters.create({
    clusters: readClusters(deps.config),
    timeoutMs,
  });
  const writes = writtenObjects(settings);
  const index = WatchedStatusIndex.create({
    clusters,
    heartbeatMs,
    settings: { staleMs: unreachableMs },
    observer: writes,
    kinds: deps.pipelineEngines.flatMap(engine =>
      engine.hosting === 'cluster' ? engine.kinds : [],
    ),
  });
  return {
    stores,
    topics,
    signals,
    host,
    pullRequestHosts,
    writer,
    clusters,
    writes,
    index,
  };
}

/** The stores, which tell open pages and note what people may have to be told. */
async function assembleStores({
  db,
  logger,
  settings,
  signals: backstage,
}: Dependencies): Promise<Pick<Adapters, 'stores' | 'topics' | 'signals'>> {
  const { backoffMs, maxBackoffMs, ...queue } = settings.queue;
  const silent = createStores({
    db,
    queue: { ...queue, backoff: { baseMs: backoffMs, maxMs: maxBackoffMs } },
  });
  const topics = new LiveTopics(await silent.liveTopics.secret());
  const signals = PublishedLiveSignals.create({
    store: silent.liveTopics,
    topics,
    logger,
    publish: message =>
      backstage.publish({
        channel: LIVE_CHANNEL,
        recipients: { type: 'broadcast' },
        message: { ...message },
      }),
  });
  const stores = tellingStores(
    settings.notifications.enabled ? notingStores(silent) : silent,
    signals,
  );
  return { stores, topics, signals };
}
