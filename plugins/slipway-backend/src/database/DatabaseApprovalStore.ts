import type { Approval, ApprovalStore } from '../ports/ApprovalStore';
import type { Transaction } from '../ports/Transaction';
import { StoreContext, storeContext, StoreOptions } from './context';
import { listApprovals } from './operations/approvals/listApprovals';
import { recordApproval } from './operations/approvals/recordApproval';

/** {@link ApprovalStore} in the table `approvals`. */
export class DatabaseApprovalStore implements ApprovalStore {
  static create(options: StoreOptions): DatabaseApprovalStore {
    return new DatabaseApprovalStore(storeContext(options));
  }

  private constructor(private readonly context: StoreContext) {}

  record(
    approval: Omit<Approval, 'id' | 'at'>,
    options: { trx?: Transaction } = {},
  ): Promise<{ approval: Approval; created: boolean }> {
    const { db, clock } = this.context;
    return recordApproval({ db: options.trx ?? db, clock }, approval);
  }

  list(
    filter: {
      environment?: string;
      environments?: string[];
      digest?: string;
      origin?: string;
      actor?: string;
    },
    options: { trx?: Transaction } = {},
  ): Promise<Approval[]> {
    return listApprovals(options.trx ?? this.context.db, filter);
  }
}
