import type {
  TimelineEntry,
  TimelineEvent,
  TimelineStore,
} from '../ports/TimelineStore';
import type { Transaction } from '../ports/Transaction';
import {
  inTransaction,
  StoreContext,
  storeContext,
  StoreOptions,
} from './context';
import { listEvents } from './operations/timeline/listEvents';
import { recordEvents } from './operations/timeline/recordEvents';

/** {@link TimelineStore} in the table `timeline`. */
export class DatabaseTimelineStore implements TimelineStore {
  static create(options: StoreOptions): DatabaseTimelineStore {
    return new DatabaseTimelineStore(storeContext(options));
  }

  private constructor(private readonly context: StoreContext) {}

  record(
    entries: TimelineEntry[],
    options: { trx?: Transaction } = {},
  ): Promise<number> {
    return inTransaction(this.context, options.trx, context =>
      recordEvents(context, entries),
    );
  }

  list(filter: {
    subjects?: string[];
    organization?: string;
    changeId?: string;
    commit?: string;
    before?: number;
    limit: number;
  }): Promise<TimelineEvent[]> {
    return listEvents(this.context.db, filter);
  }
}
