import type {
  Condition,
  EnvironmentPhase,
  ObjectIdentity,
} from '@slipway/plugin-slipway-common';
import type { TimelineEntry } from './TimelineStore';
import type { Transaction } from './Transaction';
import type { Lease } from './WorkQueue';

/** An environment as it is recorded; `key` is `<organization>/<service>/<name>`. */
export interface EnvironmentRecord {
  key: string;
  organization: string;
  service: string;
  name: string;
  class: string;
  /** The recorded choice; absent until it is made, and never changed afterwards. */
  cluster?: string;
  namespace: string;
  phase: EnvironmentPhase;
  /** False once no file declares it any more. */
  declared: boolean;
  conditions: Condition[];
  /** The last known summary (release, digest, cost, objects …), written when it changes. */
  summary?: Record<string, unknown>;
  appliedGeneration?: number;
  rendererVersion?: string;
  digest?: string;
  approvalDigest?: string;
  /** The objects that were applied, for pruning. */
  inventory: ObjectIdentity[];
  /** The commit of the GitOps repository that holds the rendering. */
  commit?: string;
  createdAt: Date;
  updatedAt: Date;
  /** Grows with every write; every write names the one that it is based on. */
  revision: number;
}

/** What a reconciler may write. A field that is absent stays; `null` clears it. */
export interface EnvironmentPatch {
  class?: string;
  /** Can be set once. */
  cluster?: string;
  phase?: EnvironmentPhase;
  declared?: boolean;
  conditions?: Condition[];
  summary?: Record<string, unknown> | null;
  appliedGeneration?: number | null;
  rendererVersion?: string | null;
  digest?: string | null;
  approvalDigest?: string | null;
  inventory?: ObjectIdentity[];
  commit?: string | null;
}

/** Who and what a transition is due to. */
export interface TransitionCause {
  /** Catalog entity ref. */
  actor?: string;
  changeId?: string;
  commit?: string;
  revision?: string;
}

/** How a write is bound to other things. */
export interface EnvironmentWriteOptions {
  /** Fences the write: `ConflictError` and nothing written when the lease was lost. */
  lease?: Lease;
  trx?: Transaction;
}

/** The environments, with the lifecycle and the conditions of each. */
export interface EnvironmentStore {
  get(
    key: string,
    options?: { trx?: Transaction },
  ): Promise<EnvironmentRecord | undefined>;
  /** Which writing of each is the latest, so that whoever keeps records in memory reads no more than what moved. */
  versions(): Promise<Array<{ key: string; version: string }>>;
  /** In the order of the key. */
  list(filter?: {
    keys?: string[];
    organization?: string;
    service?: string;
    cluster?: string;
    phases?: EnvironmentPhase[];
    declared?: boolean;
  }): Promise<EnvironmentRecord[]>;
  /** Inserts it, or returns the one that is there unchanged. */
  ensure(
    environment: Pick<
      EnvironmentRecord,
      'organization' | 'service' | 'name' | 'class' | 'namespace' | 'phase'
    >,
    options?: EnvironmentWriteOptions,
  ): Promise<EnvironmentRecord>;
  /**
   * Compare-and-swap on `revision`: `ConflictError` when somebody wrote meanwhile. A patch that changes nothing
   * writes nothing and keeps the revision. `events` get into the timeline with it, or not at all. `before` is the record
   * of that revision, from whoever has it: nobody has to read it again to know what the write has changed.
   */
  save(
    key: string,
    revision: number,
    patch: EnvironmentPatch,
    options?: EnvironmentWriteOptions & {
      events?: TimelineEntry[];
      before?: EnvironmentRecord;
    },
  ): Promise<EnvironmentRecord>;
  /**
   * Sets conditions by type, whatever the revision, leaving the others. The time of a condition moves only with its
   * status; a new status or reason gets into the timeline, once. `changed` names those.
   */
  recordTransition(
    key: string,
    conditions: Array<Omit<Condition, 'lastTransitionTime'>>,
    cause?: TransitionCause,
    options?: EnvironmentWriteOptions,
  ): Promise<{ environment: EnvironmentRecord; changed: Condition[] }>;
  /** Removes the row; false when the revision has moved or it is gone. */
  remove(
    key: string,
    revision: number,
    options?: EnvironmentWriteOptions,
  ): Promise<boolean>;
}
