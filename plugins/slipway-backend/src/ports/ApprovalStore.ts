import type { Transaction } from './Transaction';

/** Somebody agreed to what a digest stands for. */
export interface Approval {
  id: string;
  /** Key of the environment, `<org>/<service>/<name>`; it may not be there yet. */
  environment: string;
  digest: string;
  /** Catalog entity ref. */
  actor: string;
  /** Id of the change request where it was said, or `environment`. */
  origin: string;
  at: Date;
}

/** Approvals bind to a digest: agreeing once opens every gate that asks for the same one. */
export interface ApprovalStore {
  /** Once a person, environment and digest; saying it again returns the first one. */
  record(
    approval: Omit<Approval, 'id' | 'at'>,
    options?: { trx?: Transaction },
  ): Promise<{ approval: Approval; created: boolean }>;
  /** Oldest first. */
  list(
    filter: {
      environment?: string;
      environments?: string[];
      digest?: string;
      origin?: string;
      actor?: string;
    },
    options?: { trx?: Transaction },
  ): Promise<Approval[]>;
}
