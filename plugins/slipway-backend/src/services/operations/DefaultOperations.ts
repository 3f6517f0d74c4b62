import { ConflictError } from '@backstage/errors';
import {
  ApiOperations,
  ApiQueueItem,
  ApiSource,
  slipwayOperationsReadPermission,
  slipwayOperationsWritePermission,
} from '@slipway/plugin-slipway-common';
import type { PullRequestHost } from '@slipway/plugin-slipway-node';
import { redact } from '../../domain/redact';
import { GitWriter } from '../../ports/GitWriter';
import { SourceRecord, SourceStore } from '../../ports/SourceStore';
import { QueueItem, WorkQueue } from '../../ports/WorkQueue';
import { Access } from '../access/Access';
import { CallOptions } from '../changes/ChangesService';
import { ClusterAges } from '../environments/ClusterAges';
import { Identities } from '../Identities';
import { OperationsService } from './OperationsService';

/** Items of one list; more are counted in the overview. */
const LIST_LIMIT = 500;

/** Over queue, sources and clusters. */
export class DefaultOperations implements OperationsService {
  constructor(
    private readonly queueStore: WorkQueue,
    private readonly sources: SourceStore,
    private readonly ages: ClusterAges,
    private readonly writer: GitWriter,
    private readonly identities: Identities,
    private readonly gitHosts: Pick<PullRequestHost, 'type' | 'rateLimits'>[],
  ) {}

  async overview(): Promise<ApiOperations> {
    const [queue, sources, clusters] = await Promise.all([
      this.queueStore.stats(),
      this.sources.list(),
      this.ages.list(),
    ]);
    return {
      queue,
      sources: sources.map(shapeSource),
      clusters,
      gitHosts: this.gitHosts.flatMap(host =>
        host.rateLimits().map(limit => ({ type: host.type, ...limit })),
      ),
      writerDepth: this.writer.depth(),
    };
  }

  async queue(
    state: 'due' | 'leased' | 'waiting' | 'dead',
  ): Promise<ApiQueueItem[]> {
    return (await this.queueStore.list({ state, limit: LIST_LIMIT })).map(
      shapeItem,
    );
  }

  async replay(keys: string[]): Promise<number> {
    return this.queueStore.replay(keys);
  }

  async confirmHeld(
    sourceId: string,
    commit: string,
    { credentials }: CallOptions,
  ): Promise<void> {
    const confirmed = await this.sources.confirmHeld(
      sourceId,
      commit,
      this.identities.actor(credentials),
    );
    if (!confirmed) {
      throw new ConflictError(
        `The source ${sourceId} is not held at ${commit.slice(0, 7)} any more. Look at it again.`,
      );
    }
    await this.queueStore.mark([`source:${sourceId}`]);
  }
}

/** Only who runs the platform sees and touches its machinery. */
export class AuthorizedOperations implements OperationsService {
  constructor(
    private readonly inner: OperationsService,
    private readonly access: Access,
  ) {}

  async overview(options: CallOptions): Promise<ApiOperations> {
    await this.access.requireBasic(
      options.credentials,
      slipwayOperationsReadPermission,
    );
    return this.inner.overview(options);
  }

  async queue(
    state: 'due' | 'leased' | 'waiting' | 'dead',
    options: CallOptions,
  ): Promise<ApiQueueItem[]> {
    await this.access.requireBasic(
      options.credentials,
      slipwayOperationsReadPermission,
    );
    return this.inner.queue(state, options);
  }

  async replay(keys: string[], options: CallOptions): Promise<number> {
    await this.access.requireBasic(
      options.credentials,
      slipwayOperationsWritePermission,
    );
    return this.inner.replay(keys, options);
  }

  async confirmHeld(
    sourceId: string,
    commit: string,
    options: CallOptions,
  ): Promise<void> {
    await this.access.requireBasic(
      options.credentials,
      slipwayOperationsWritePermission,
    );
    await this.inner.confirmHeld(sourceId, commit, options);
  }
}

/** A source as the API tells it. */
export function shapeSource(source: SourceRecord): ApiSource {
  return {
    id: source.id,
    role: source.role,
    url: redact(source.url),
    branch: source.branch,
    state: source.readAt || source.error ? source.state : 'unknown',
    ...(source.headCommit
      ? { commit: source.held?.commit ?? source.headCommit }
      : {}),
    ...(source.readAt ? { readAt: source.readAt.toISOString() } : {}),
    ...(source.error ? { message: source.error } : {}),
    ...(source.held ? { held: source.held.vanished.map(v => v.path) } : {}),
  };
}

function shapeItem(item: QueueItem): ApiQueueItem {
  return {
    key: item.key,
    dueAt: item.dueAt.toISOString(),
    attempts: item.attempts,
    ...(item.leasedUntil
      ? { leasedUntil: item.leasedUntil.toISOString() }
      : {}),
    ...(item.lastError ? { lastError: item.lastError } : {}),
    ...(item.deadSince ? { deadSince: item.deadSince.toISOString() } : {}),
    updatedAt: item.updatedAt.toISOString(),
  };
}
