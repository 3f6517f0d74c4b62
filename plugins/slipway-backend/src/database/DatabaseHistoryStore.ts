import type { Forgotten, HistoryStore } from '../ports/HistoryStore';
import { StoreContext, storeContext, StoreOptions } from './context';
import { forget } from './operations/history/forget';

/** {@link HistoryStore} over the tables `timeline`, `environments`, `approvals` and `resources`. */
export class DatabaseHistoryStore implements HistoryStore {
  static create(options: StoreOptions): DatabaseHistoryStore {
    return new DatabaseHistoryStore(storeContext(options));
  }

  private constructor(private readonly context: StoreContext) {}

  forget(olderThanMs: number): Promise<Forgotten> {
    return forget(this.context, olderThanMs);
  }
}
