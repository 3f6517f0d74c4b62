import type { PlanSummary } from '@slipway/plugin-slipway-common';
import type { FileChange, RepositoryRef } from '@slipway/plugin-slipway-node';

/** The code of a new service, which becomes the first commit of its repository after the merge. */
export interface Skeleton {
  repository: RepositoryRef;
  files: FileChange[];
}

/**
 * `pending`: the change is about to be opened, or is open.
 * `merged`: what travels with it still has to be made.
 * `done`: nothing is left to do.
 * `dropped`: it was closed without a merge and leaves nothing behind.
 */
export type ChangeIntentState = 'pending' | 'merged' | 'done' | 'dropped';

/** What was meant with a change request, recorded before it is opened at its host. */
export interface ChangeIntent {
  id: string;
  /** URL of the repository that the change is made to. */
  repositoryUrl: string;
  /** Deterministic branch of the change. */
  branch: string;
  /** Absent until the host has opened the change. */
  changeId?: string;
  state: ChangeIntentState;
  skeleton?: Skeleton;
  /** The plan as it was shown to whoever opened the change. */
  plan?: PlanSummary;
  attempts: number;
  lastError?: string;
  createdAt: Date;
  updatedAt: Date;
}

/** The intents behind change requests, of any Git host. */
export interface ChangeIntentStore {
  /** Inserts the intent, or updates the pending one of the same branch; what is absent stays as it was. */
  record(intent: {
    repositoryUrl: string;
    branch: string;
    skeleton?: Skeleton;
    plan?: PlanSummary;
  }): Promise<ChangeIntent>;
  /** Says which change the host opened for it. */
  attach(id: string, changeId: string): Promise<void>;
  get(id: string): Promise<ChangeIntent | undefined>;
  /** The one behind a change of that repository. */
  forChange(
    repositoryUrl: string,
    changeId: string,
  ): Promise<ChangeIntent | undefined>;
  /** The one that is about to be opened on that branch, or whose change is open there. */
  pending(
    repositoryUrl: string,
    branch: string,
  ): Promise<ChangeIntent | undefined>;
  /** Oldest first. */
  list(filter: {
    state: ChangeIntentState;
    limit: number;
  }): Promise<ChangeIntent[]>;
  /** Counts a try that failed. The message must be free of credentials. */
  recordFailure(id: string, error: string): Promise<void>;
  /** Its change is merged; the branch is free for another one. False when it wasn't pending (any more). */
  markMerged(id: string): Promise<boolean>;
  /** Ends it: `dropped` only while it is pending. False when it was ended before. */
  settle(id: string, state: 'done' | 'dropped'): Promise<boolean>;
}
