import type { GitAuthor } from '@slipway/plugin-slipway-node';
import type { ReleasedWorkload } from '../domain/releases/release';
import type { TimelineEntry } from './TimelineStore';
import type { Transaction } from './Transaction';

/** Revisions of workloads that belong together, as they were told of first. */
export interface ReleaseRecord {
  organization: string;
  service: string;
  /** Follows from the workloads. */
  id: string;
  workloads: ReleasedWorkload[];
  /** Catalog entity ref, or who a signature is of. */
  actor: string;
  gitAuthor: GitAuthor;
  at: Date;
  /** Its place among the releases of the service: when the commit was made or, where nobody said, when it was told of. */
  orderedAt: Date;
  branch?: string;
  repository?: string;
  url?: string;
  message?: string;
  /** The environment whose release it was when it was first promoted, where nobody has reported it. */
  promotedFrom?: string;
}

/** Why an environment is to run something. */
export type WantedOrigin = 'revision' | 'promotion' | 'rollback';

/** What a workload of an environment is to run, until Git says so. */
export interface WantedRevision extends ReleasedWorkload {
  /** `<organization>/<service>/<environment>`. */
  environment: string;
  release: string;
  orderedAt: Date;
  /** When its release was told of first; decides where the order is the same. */
  toldAt: Date;
  askedAt: Date;
  actor: string;
  gitAuthor: GitAuthor;
  origin: WantedOrigin;
  /** Changes with every write; what was read under another one is not settled. */
  serial: string;
  /** Set once Git says so, or something else took its place; then Git alone counts. */
  settledAt?: Date;
}

/** A revision that is to run in an environment. */
export interface Wish {
  environment: string;
  workload: ReleasedWorkload;
  /**
   * Serial of what was asked for last, where Git says it no more: that then keeps nothing out, unless something else
   * was asked for meanwhile.
   */
  lost?: string;
}

/** A wish that did not count, and what stands in its place. */
export interface RefusedWish extends Wish {
  stands: WantedRevision;
}

/** What a change request brings to an environment once it is merged. */
export interface AskedMove {
  /** `<organization>/<service>/<environment>`. */
  environment: string;
  origin: WantedOrigin;
  release: string;
  workloads: ReleasedWorkload[];
  askedAt: Date;
  actor: string;
  gitAuthor: GitAuthor;
  /** Changes with every asking. */
  serial: string;
  /** Absent until it is known to be open. */
  changeId?: string;
}

/** Edits of a spec that came from outside, in the order in which they came. */
export interface SpecDispatch {
  id: string;
  organization: string;
  service: string;
  /** The part of the spec that `spec` is merged into: a workload or a database, by name. */
  part: { kind: 'workloads' | 'databases'; name: string } | undefined;
  spec: Record<string, unknown>;
  actor: string;
  gitAuthor: GitAuthor;
  at: Date;
}

/** Releases of services, and which of them environments are to run. */
export interface ReleaseStore {
  /** Newest first. */
  list(
    organization: string,
    service: string,
    options?: { limit?: number },
  ): Promise<ReleaseRecord[]>;
  get(
    organization: string,
    service: string,
    id: string,
  ): Promise<ReleaseRecord | undefined>;
  /**
   * Notes a release and asks environments for it, in one transaction with the keys that are marked. One that is known
   * keeps its place, so that a second delivery moves nothing. A wish counts only where it is newer than what the
   * environment was asked for last, unless it is forced: going back is no mistake then.
   */
  ask(
    release: Omit<ReleaseRecord, 'at' | 'orderedAt'> & { createdAt?: Date },
    wishes: Wish[],
    options: {
      origin: WantedOrigin;
      force?: boolean;
      /** What else the environments were asked for and Git doesn't say yet is taken back with it. */
      alone?: boolean;
      events?: (release: ReleaseRecord, accepted: Wish[]) => TimelineEntry[];
    },
  ): Promise<{
    release: ReleaseRecord;
    accepted: Wish[];
    refused: RefusedWish[];
  }>;
  /** What environments were asked for last; of all services when none is named. */
  wanted(filter: {
    environment?: string;
    organization?: string;
    service?: string;
  }): Promise<WantedRevision[]>;
  /** What is still to get into Git, all environments in one look. */
  settle(
    environment: string,
    serials: string[],
    options?: { trx?: Transaction },
  ): Promise<void>;
  /**
   * Notes a release that a change request is to bring, in place of any other that one was to bring to the same
   * environment. Until Git says it, it is kept beside what the environment is to run and takes nothing back.
   */
  propose(
    release: Omit<ReleaseRecord, 'at' | 'orderedAt'>,
    environment: string,
    origin: WantedOrigin,
  ): Promise<AskedMove>;
  /** The change request of these is open. One that was replaced meanwhile stays as it is. */
  proposed(serials: string[], changeId: string): Promise<void>;
  /** What a change request is to bring to an environment, and Git doesn't say yet. */
  moving(environment: string): Promise<AskedMove | undefined>;
  /**
   * Git says it: it is what the environment was asked for last from now on. A rollback takes back what was asked for
   * before it, a promotion nothing that is still to come. False when it is over already.
   */
  arrived(move: AskedMove): Promise<boolean>;
  /** Its change request won't be merged any more. */
  drop(move: AskedMove): Promise<void>;
  /**
   * Keeps an edit of a spec, and marks its key, in one transaction; answers with the key. A signature is good for one
   * edit: it is remembered in the same transaction, so that what failed can be sent again as it is.
   */
  dispatch(
    dispatch: Omit<SpecDispatch, 'at'>,
    once?: { signature: string; keepMs: number },
  ): Promise<string>;
  /** Edits of one service, oldest first. */
  dispatches(organization: string, service: string): Promise<SpecDispatch[]>;
  /** They are done. */
  forgetDispatches(ids: string[]): Promise<void>;
}
