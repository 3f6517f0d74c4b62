import { LoggerService } from '@backstage/backend-plugin-api';
import { Kind, Resource } from '@slipway/plugin-slipway-common';
import { GitHost, RepositoryRef, TreeFile } from '@slipway/plugin-slipway-node';
import {
  locate,
  PlatformState,
  readPlatformFile,
} from '../../domain/platform/PlatformState';
import { redact } from '../../domain/redact';
import { LeaseLostError } from '../../ports/LeaseLostError';
import { Outcome } from '../../ports/WorkQueue';
import { ResourceStore } from '../../ports/ResourceStore';
import {
  SnapshotFile,
  SourceRecord,
  SourceStore,
} from '../../ports/SourceStore';
import { Reconciler, ReconcileContext } from '../engine';
import { affectedKeys } from './affectedKeys';

/** A platform repository that is read. */
export interface PlatformSource {
  id: string;
  repository: RepositoryRef;
}

interface Options {
  sources: PlatformSource[];
  host: GitHost;
  store: SourceStore;
  resources: ResourceStore;
  pollMs: number;
  guard: { maxDeletedShare: number; minCount: number };
  /** Called after something changed, e.g. to tell the catalog. */
  onChanged: () => Promise<void>;
  logger: LoggerService;
}

/**
 * Key `source:<id>`: reads the files at the head of a platform repository and stores what they declare. A source that
 * can't be read is not a deletion.
 */
export class SourceReconciler implements Reconciler {
  readonly prefix = 'source';

  constructor(private readonly o: Options) {}

  async reconcile(context: ReconcileContext): Promise<Outcome> {
    const id = context.key.slice('source:'.length);
    const source = this.o.sources.find(s => s.id === id);
    if (!source) return { type: 'done' };
    const again: Outcome = { type: 'requeue', afterMs: this.o.pollMs };
    const record = await this.o.store.ensure({
      id,
      role: 'platform',
      ...source.repository,
    });
    let head: string | undefined;
    let files: TreeFile[];
    try {
      head = await context.step('head', () =>
        this.o.host.head(source.repository),
      );
      if (head && head === record.headCommit && record.state === 'ok') {
        await this.o.store.markRead(id, head);
        return again;
      }
      files = head
        ? await context.step('read', () =>
            this.o.host.readFiles(source.repository, { commit: head! }),
          )
        : [];
    } catch (error) {
      // A lost lease or a shutdown says nothing about the repository.
      if (error instanceof LeaseLostError || context.signal.aborted)
        throw error;
      const message = redact(
        error instanceof Error ? error.message : String(error),
      );
      this.o.logger.warn(
        `Platform repository ${id} can't be read; nothing is changed or deleted: ${message}`,
      );
      await context.step('unreadable', () =>
        this.o.store.markUnreadable(id, message),
      );
      return again;
    }
    if (!head) {
      await this.o.store.markUnreadable(
        id,
        `The branch ${source.repository.branch} has no commit. Push the platform's files to it.`,
      );
      return again;
    }
    await context.step('store', () => this.apply(record, head!, files));
    return again;
  }

  private async apply(
    record: SourceRecord,
    commit: string,
    files: TreeFile[],
  ): Promise<void> {
    const state = PlatformState.of(
      (await this.o.resources.list()).map(r => ({
        kind: r.kind as Kind,
        organization: r.organization,
        name: r.name,
        path: r.path,
        text: r.text,
        value: r.validValue as Resource | undefined,
        problems: r.problems,
      })),
    );
    const snapshot = files.flatMap(snapshotFile);
    const after = PlatformState.of(
      snapshot.map(file => ({
        kind: file.kind as Kind,
        organization: file.organization,
        name: file.name,
        path: file.path,
        text: file.text,
        value: (file.value ?? undefined) as Resource | undefined,
        problems: file.problems,
      })),
    );
    const result = await this.o.store.applySnapshot({
      sourceId: record.id,
      expectedHead: record.headCommit,
      commit,
      files: snapshot,
      guard: this.o.guard,
      // Who follows a class is found in what is declared now and in what was declared before.
      keys: (before, now) => [
        ...new Set([
          ...affectedKeys(state, before, now),
          ...affectedKeys(after, before, now),
        ]),
      ],
    });
    if (result.outcome === 'held') {
      this.o.logger.warn(
        `Platform repository ${record.id}: ${result.held.vanished.length} resources would vanish with ${commit}; ` +
          'nothing is deleted until somebody confirms it on the Operations page',
      );
    } else if (
      result.outcome === 'applied' &&
      result.changed.length + result.deleted.length > 0
    ) {
      this.o.logger.info(
        `Platform repository ${record.id} at ${commit.slice(0, 7)}: ${result.changed.length} changed, ` +
          `${result.deleted.length} deleted, ${result.keys.length} keys queued`,
      );
      await this.o.onChanged();
    }
  }
}

/** Files elsewhere in the repository (a README, say) are none of ours. */
function snapshotFile(file: TreeFile): SnapshotFile[] {
  const place = locate(file.path);
  if ('problem' in place) return [];
  const resource = readPlatformFile(file.path, file.content);
  return [
    {
      kind: resource.kind,
      organization: resource.organization,
      name: resource.name,
      path: resource.path,
      text: resource.text,
      value: resource.value ?? null,
      problems: resource.problems,
    },
  ];
}
