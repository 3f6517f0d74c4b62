import type {
  SnapshotResult,
  SourceLease,
  SourceRecord,
  SourceRole,
  SourceSnapshot,
  SourceStore,
} from '../ports/SourceStore';
import type { WorkQueue } from '../ports/WorkQueue';
import {
  inTransaction,
  StoreContext,
  storeContext,
  StoreOptions,
} from './context';
import {
  applySourceSnapshot,
  confirmHeldSnapshot,
  leaseSource,
  listSources,
  markSourceRead,
  markSourceUnreadable,
  registerSource,
  releaseSource,
} from './operations/sources';

/** {@link SourceStore} in the tables `sources` and `resources`. */
export class DatabaseSourceStore implements SourceStore {
  static create(
    options: StoreOptions & { queue: WorkQueue },
  ): DatabaseSourceStore {
    return new DatabaseSourceStore(storeContext(options), options.queue);
  }

  private constructor(
    private readonly context: StoreContext,
    private readonly queue: WorkQueue,
  ) {}

  ensure(source: {
    id: string;
    role: SourceRole;
    url: string;
    branch: string;
  }): Promise<SourceRecord> {
    return inTransaction(this.context, undefined, context =>
      registerSource(context, source),
    );
  }

  async get(id: string): Promise<SourceRecord | undefined> {
    return (await listSources(this.context.db, { id }))[0];
  }

  list(filter: { role?: SourceRole } = {}): Promise<SourceRecord[]> {
    return listSources(this.context.db, filter);
  }

  lease(id: string, leaseMs: number): Promise<SourceLease | undefined> {
    return leaseSource(this.context, id, leaseMs);
  }

  releaseLease(lease: SourceLease): Promise<void> {
    return releaseSource(this.context, lease);
  }

  markRead(id: string, headCommit: string): Promise<boolean> {
    return markSourceRead(this.context, id, headCommit);
  }

  markUnreadable(id: string, error: string): Promise<void> {
    return markSourceUnreadable(this.context, id, error);
  }

  applySnapshot(snapshot: SourceSnapshot): Promise<SnapshotResult> {
    return inTransaction(this.context, undefined, context =>
      applySourceSnapshot(context, snapshot, (keys, trx) =>
        this.queue.mark(keys, { trx }),
      ),
    );
  }

  confirmHeld(id: string, commit: string, by: string): Promise<boolean> {
    return inTransaction(this.context, undefined, context =>
      confirmHeldSnapshot(context, id, commit, by),
    );
  }
}
