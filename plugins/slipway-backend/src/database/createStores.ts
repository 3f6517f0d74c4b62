import type { ApprovalStore } from '../ports/ApprovalStore';
import type { ChangeIntentStore } from '../ports/ChangeIntentStore';
import type { ChangeStore } from '../ports/ChangeStore';
import type { DriftStore } from '../ports/DriftStore';
import type { DomainStore } from '../ports/DomainStore';
import type { EnvironmentStore } from '../ports/EnvironmentStore';
import type { EpisodeStore } from '../ports/EpisodeStore';
import type { HistoryStore } from '../ports/HistoryStore';
import type { LiveTopicStore } from '../ports/LiveTopicStore';
import type { PipelineRunStore } from '../ports/PipelineRunStore';
import type { ReleaseStore } from '../ports/ReleaseStore';
import type { ResourceStore } from '../ports/ResourceStore';
import type { SourceStore } from '../ports/SourceStore';
import type { TimelineStore } from '../ports/TimelineStore';
import type { Transactions } from '../ports/Transaction';
import type { WebhookStore } from '../ports/WebhookStore';
import type { WorkQueue } from '../ports/WorkQueue';
import type { StoreOptions } from './context';
import { DatabaseApprovalStore } from './DatabaseApprovalStore';
import { DatabaseChangeIntentStore } from './DatabaseChangeIntentStore';
import { DatabaseChangeStore } from './DatabaseChangeStore';
import { DatabaseDriftStore } from './DatabaseDriftStore';
import { DatabaseDomainStore } from './DatabaseDomainStore';
import { DatabaseEnvironmentStore } from './DatabaseEnvironmentStore';
import { DatabaseEpisodeStore } from './DatabaseEpisodeStore';
import { DatabaseHistoryStore } from './DatabaseHistoryStore';
import { DatabaseLiveTopicStore } from './DatabaseLiveTopicStore';
import { DatabasePipelineRunStore } from './DatabasePipelineRunStore';
import { DatabaseReleaseStore } from './DatabaseReleaseStore';
import { DatabaseResourceStore } from './DatabaseResourceStore';
import { DatabaseSourceStore } from './DatabaseSourceStore';
import { DatabaseTimelineStore } from './DatabaseTimelineStore';
import { DatabaseWebhookStore } from './DatabaseWebhookStore';
import { DatabaseWorkQueue, WorkQueueSettings } from './DatabaseWorkQueue';
import { DatabaseTransactions } from './transactions';

/** Everything that is kept in the database. */
export interface Stores {
  approvals: ApprovalStore;
  changeIntents: ChangeIntentStore;
  changes: ChangeStore;
  domains: DomainStore;
  drifts: DriftStore;
  environments: EnvironmentStore;
  episodes: EpisodeStore;
  history: HistoryStore;
  liveTopics: LiveTopicStore;
  pipelineRuns: PipelineRunStore;
  queue: WorkQueue;
  releases: ReleaseStore;
  resources: ResourceStore;
  sources: SourceStore;
  timeline: TimelineStore;
  transactions: Transactions;
  webhooks: WebhookStore;
}

/** Makes all stores on one migrated database. */
export function createStores(
  options: StoreOptions & { queue?: Partial<WorkQueueSettings> },
): Stores {
  const { db, clock } = options;
  const queue = DatabaseWorkQueue.create({
    db,
    clock,
    settings: options.queue,
  });
  return {
    approvals: DatabaseApprovalStore.create({ db, clock }),
    changeIntents: DatabaseChangeIntentStore.create({ db, clock }),
    changes: DatabaseChangeStore.create({ db, clock }),
    domains: DatabaseDomainStore.create({ db, clock }),
    drifts: DatabaseDriftStore.create({ db, clock }),
    environments: DatabaseEnvironmentStore.create({ db, clock }),
    episodes: DatabaseEpisodeStore.create({ db, clock }),
    history: DatabaseHistoryStore.create({ db, clock }),
    liveTopics: DatabaseLiveTopicStore.create({ db, clock }),
    pipelineRuns: DatabasePipelineRunStore.create({ db, clock }),
    queue,
    releases: DatabaseReleaseStore.create({ db, clock, queue }),
    resources: DatabaseResourceStore.create({ db }),
    sources: DatabaseSourceStore.create({ db, clock, queue }),
    timeline: DatabaseTimelineStore.create({ db, clock }),
    transactions: DatabaseTransactions.create({ db }),
    webhooks: DatabaseWebhookStore.create({ db, clock }),
  };
}
