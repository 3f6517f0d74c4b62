import type {
  ReasonAction,
  ReasonWho,
  RoadStation,
  StationState,
} from '../conditions';

/** As much of a condition as an explanation needs; those of the API and of the store both are. @public */
export interface ExplainedCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
  lastTransitionTime: string;
}

/** As much of an object in a cluster as an explanation needs. @public */
export interface ExplainedObject {
  kind: string;
  name: string;
  namespace?: string;
  health: string;
  message?: string;
  /** A row of the table of reasons. */
  reason?: string;
}

/** As much of an environment as an explanation needs: an item of a list, its details, or a record. @public */
export interface ExplainedEnvironment {
  organization: string;
  service: string;
  name: string;
  owner?: string;
  conditions: readonly ExplainedCondition[];
  objects?: readonly ExplainedObject[];
  drift?: { state: string; objects: number; fields: number; since?: string };
  /** How well it is known. */
  source?: { name: string; state: string; asOf?: string; message?: string };
}

/** As much of a drift list as an explanation needs. @public */
export interface ExplainedDrift {
  state: string;
  message?: string;
  since?: string;
  objects: ReadonlyArray<{
    kind: string;
    name: string;
    missing?: boolean;
    fields: ReadonlyArray<{
      path: string;
      tool?: string;
      manager?: string;
      user?: string;
    }>;
  }>;
}

/** As much of a pipeline run as an explanation needs. @public */
export interface ExplainedRun {
  name: string;
  state: string;
  environment?: string;
  createdAt?: string;
  startedAt?: string;
  finishedAt?: string;
  message?: string;
  /** Id of the step. */
  failedStep?: string;
  steps?: ReadonlyArray<{ id: string; name: string }>;
}

/** An event of Kubernetes. @public */
export interface ExplainedEvent {
  type: string;
  reason: string;
  message: string;
  count?: number;
  lastSeen?: string;
}

/** What an explanation can go on, beside the environment. @public */
export interface ExplainOptions {
  drift?: ExplainedDrift;
  pipelines?: readonly ExplainedRun[];
  /** Of what is in trouble; only warnings count. */
  events?: readonly ExplainedEvent[];
}

/** One thing that stands in the way, or beside it. @public */
export interface Blocker {
  kind: 'station' | 'object' | 'event' | 'pipeline' | 'drift' | 'source';
  /** A key of the table of reasons where there is one, else what the source calls it. */
  reason: string;
  state: StationState;
  title: string;
  /** The figures and names of this case; never empty. */
  message: string;
  why: string;
  next: string;
  who: ReasonWho;
  action?: ReasonAction;
  since?: string;
  station?: RoadStation;
  object?: { kind: string; name: string; namespace?: string };
}

/** Why an environment runs, or doesn't. No text in it is ever empty. @public */
export interface Explanation {
  /** "shop/checkout/production: waiting for approval" */
  headline: string;
  /** One or more sentences with names and times. */
  sentence: string;
  why: string;
  next: string;
  /** Who acts next. */
  who: ReasonWho;
  /** Catalog entity refs of those, as far as they are known. */
  people: string[];
  /** Since when it stands like this. */
  since?: string;
  /** The station that speaks; absent when the whole road is done. */
  station?: RoadStation;
  /** How that station shows; `done` when the whole road is. */
  state: StationState;
  action?: ReasonAction;
  /** Everything that stands in the way, in the order of the road, then what stands beside it. */
  blockers: Blocker[];
  /** Set when a source doesn't answer: what is said here is of this time. */
  asOf?: string;
}
