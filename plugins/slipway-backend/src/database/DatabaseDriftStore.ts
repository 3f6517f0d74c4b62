import type {
  DriftGlance,
  DriftRecord,
  DriftStore,
  PutBackRequest,
} from '../ports/DriftStore';
import type { TimelineEntry } from '../ports/TimelineStore';
import type { Transaction } from '../ports/Transaction';
import type { Lease } from '../ports/WorkQueue';
import {
  inTransaction,
  StoreContext,
  storeContext,
  StoreOptions,
} from './context';
import { expireDrift } from './operations/drift/expireDrift';
import { getDrift, listDrifts } from './operations/drift/listDrifts';
import { removeDrift } from './operations/drift/removeDrift';
import { askPutBack, listPutBacks } from './operations/drift/requests';
import { saveDrift } from './operations/drift/saveDrift';

/** {@link DriftStore} in the tables `drifts` and `drift_requests`. */
export class DatabaseDriftStore implements DriftStore {
  static create(options: StoreOptions): DatabaseDriftStore {
    return new DatabaseDriftStore(storeContext(options));
  }

  private constructor(private readonly context: StoreContext) {}

  get(environment: string): Promise<DriftRecord | undefined> {
    return getDrift(this.context.db, environment);
  }

  glances(environments?: string[]): Promise<DriftGlance[]> {
    return listDrifts(this.context.db, environments);
  }

  save(
    record: DriftRecord,
    options: {
      lease?: Lease;
      events?: TimelineEntry[];
      done?: string[];
      trx?: Transaction;
    },
  ): Promise<{ same: boolean }> {
    return inTransaction(this.context, options.trx, context =>
      saveDrift(context, record, options),
    );
  }

  expire(environment: string): Promise<void> {
    return expireDrift(this.context.db, environment);
  }

  remove(environment: string, options: { lease?: Lease }): Promise<void> {
    return inTransaction(this.context, undefined, context =>
      removeDrift(context, environment, options.lease),
    );
  }

  ask(
    request: Omit<PutBackRequest, 'id' | 'at'>,
    { trx }: { trx?: Transaction } = {},
  ): Promise<PutBackRequest> {
    return inTransaction(this.context, trx, context =>
      askPutBack(context, request),
    );
  }

  asked(environment: string): Promise<PutBackRequest[]> {
    return listPutBacks(this.context.db, environment);
  }
}
