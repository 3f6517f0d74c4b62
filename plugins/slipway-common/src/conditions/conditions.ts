/**
 * The conditions of an environment in the order that a person reads them: the stations of the road.
 * @public
 */
export const ROAD = [
  'Declared',
  'Validated',
  'PolicyPassed',
  'Approved',
  'Rendered',
  'Committed',
  'Provisioned',
  'Synced',
  'Healthy',
] as const;

/** A station of the road. @public */
export type RoadStation = (typeof ROAD)[number];

/** A condition type: a station, or `Drifted` beside them. @public */
export type ConditionType = RoadStation | 'Drifted';

/**
 * A condition as in Kubernetes.
 * @public
 */
export interface Condition {
  type: ConditionType;
  /** `Unknown` when the source can't be asked; then `message` says since when. */
  status: 'True' | 'False' | 'Unknown';
  /** A key of the reasons table. */
  reason: string;
  /** One sentence with the figures and names of this case. */
  message: string;
  observedGeneration: number;
  /** ISO 8601. */
  lastTransitionTime: string;
}

/**
 * How one station looks to a person.
 * @public
 */
export type StationState =
  'done' | 'here' | 'waiting' | 'stopped' | 'ahead' | 'unknown';

/** A station of the road with how it looks and the condition behind it. @public */
export interface Station {
  station: RoadStation;
  state: StationState;
  condition?: Condition;
}

/**
 * What an environment is doing, in the words of its lifecycle.
 * @public
 */
export type EnvironmentPhase =
  | 'pending_approval'
  | 'approved'
  | 'queued'
  | 'reconciling'
  | 'ready'
  | 'failed'
  | 'deleting'
  | 'retained'
  | 'deleted';
