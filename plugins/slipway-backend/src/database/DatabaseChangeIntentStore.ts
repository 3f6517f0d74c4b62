import type { PlanSummary } from '@slipway/plugin-slipway-common';
import type {
  ChangeIntent,
  ChangeIntentState,
  ChangeIntentStore,
  Skeleton,
} from '../ports/ChangeIntentStore';
import { StoreContext, storeContext, StoreOptions } from './context';
import { attachChange } from './operations/intents/attachChange';
import { listIntents } from './operations/intents/listIntents';
import { moveIntent } from './operations/intents/moveIntent';
import { recordIntent } from './operations/intents/recordIntent';
import { recordIntentFailure } from './operations/intents/recordIntentFailure';

/** {@link ChangeIntentStore} in the table `change_intents`. */
export class DatabaseChangeIntentStore implements ChangeIntentStore {
  static create(options: StoreOptions): DatabaseChangeIntentStore {
    return new DatabaseChangeIntentStore(storeContext(options));
  }

  private constructor(private readonly context: StoreContext) {}

  record(intent: {
    repositoryUrl: string;
    branch: string;
    skeleton?: Skeleton;
    plan?: PlanSummary;
  }): Promise<ChangeIntent> {
    return recordIntent(this.context, intent);
  }

  attach(id: string, changeId: string): Promise<void> {
    return attachChange(this.context, id, changeId);
  }

  async get(id: string): Promise<ChangeIntent | undefined> {
    return (await listIntents(this.context.db, { id }, 1))[0];
  }

  async forChange(
    repositoryUrl: string,
    changeId: string,
  ): Promise<ChangeIntent | undefined> {
    const { db } = this.context;
    return (await listIntents(db, { repositoryUrl, changeId }, 1))[0];
  }

  async pending(
    repositoryUrl: string,
    branch: string,
  ): Promise<ChangeIntent | undefined> {
    const { db } = this.context;
    const filter = { repositoryUrl, branch, state: 'pending' } as const;
    return (await listIntents(db, filter, 1))[0];
  }

  list(filter: {
    state: ChangeIntentState;
    limit: number;
  }): Promise<ChangeIntent[]> {
    return listIntents(this.context.db, { state: filter.state }, filter.limit);
  }

  recordFailure(id: string, error: string): Promise<void> {
    return recordIntentFailure(this.context, id, error);
  }

  markMerged(id: string): Promise<boolean> {
    return moveIntent(this.context, id, 'merged');
  }

  settle(id: string, state: 'done' | 'dropped'): Promise<boolean> {
    return moveIntent(this.context, id, state);
  }
}
