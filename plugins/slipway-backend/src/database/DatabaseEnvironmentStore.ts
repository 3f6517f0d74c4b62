import type {
  Condition,
  EnvironmentPhase,
} from '@slipway/plugin-slipway-common';
import type {
  EnvironmentPatch,
  EnvironmentRecord,
  EnvironmentStore,
  EnvironmentWriteOptions,
  TransitionCause,
} from '../ports/EnvironmentStore';
import type { TimelineEntry } from '../ports/TimelineStore';
import type { Transaction } from '../ports/Transaction';
import {
  inTransaction,
  StoreContext,
  storeContext,
  StoreOptions,
} from './context';
import { ensureEnvironment } from './operations/environments/ensureEnvironment';
import { listEnvironments } from './operations/environments/listEnvironments';
import { listVersions } from './operations/environments/listVersions';
import { recordTransition } from './operations/environments/recordTransition';
import { removeEnvironment } from './operations/environments/removeEnvironment';
import { saveEnvironment } from './operations/environments/saveEnvironment';

/** {@link EnvironmentStore} in the table `environments`. */
export class DatabaseEnvironmentStore implements EnvironmentStore {
  static create(options: StoreOptions): DatabaseEnvironmentStore {
    return new DatabaseEnvironmentStore(storeContext(options));
  }

  private constructor(private readonly context: StoreContext) {}

  async get(
    key: string,
    options: { trx?: Transaction } = {},
  ): Promise<EnvironmentRecord | undefined> {
    return (await listEnvironments(options.trx ?? this.context.db, { key }))[0];
  }

  versions(): Promise<Array<{ key: string; version: string }>> {
    return listVersions(this.context.db);
  }

  list(
    filter: {
      keys?: string[];
      organization?: string;
      service?: string;
      cluster?: string;
      phases?: EnvironmentPhase[];
      declared?: boolean;
    } = {},
  ): Promise<EnvironmentRecord[]> {
    return listEnvironments(this.context.db, filter);
  }

  ensure(
    environment: Pick<
      EnvironmentRecord,
      'organization' | 'service' | 'name' | 'class' | 'namespace' | 'phase'
    >,
    options: EnvironmentWriteOptions = {},
  ): Promise<EnvironmentRecord> {
    return inTransaction(this.context, options.trx, context =>
      ensureEnvironment(context, environment, options.lease),
    );
  }

  save(
    key: string,
    revision: number,
    patch: EnvironmentPatch,
    options: EnvironmentWriteOptions & { events?: TimelineEntry[] } = {},
  ): Promise<EnvironmentRecord> {
    return inTransaction(this.context, options.trx, context =>
      saveEnvironment(context, key, revision, patch, options),
    );
  }

  recordTransition(
    key: string,
    conditions: Array<Omit<Condition, 'lastTransitionTime'>>,
    cause: TransitionCause = {},
    options: EnvironmentWriteOptions = {},
  ): Promise<{ environment: EnvironmentRecord; changed: Condition[] }> {
    return inTransaction(this.context, options.trx, context =>
      recordTransition(context, key, conditions, cause, options.lease),
    );
  }

  remove(
    key: string,
    revision: number,
    options: EnvironmentWriteOptions = {},
  ): Promise<boolean> {
    return inTransaction(this.context, options.trx, context =>
      removeEnvironment(context, key, revision, options.lease),
    );
  }
}
