import type {
  ApiLiveObject,
  BuildGate,
  Release,
  Verdict,
} from '@slipway/plugin-slipway-common';

/** What a policy rule found; rules without a finding are not kept. */
export type KeptVerdict = Omit<Verdict, 'result' | 'fix'> & {
  result: Exclude<Verdict['result'], 'pass'>;
};

/** What a removal takes away, in the order in which it goes. */
export const ROAD_BACK = [
  'application',
  'project',
  'objects',
  'namespace',
  'folder',
] as const;

/** What of an environment a removal takes away and tells. */
export type RemovedPart = (typeof ROAD_BACK)[number];

/**
 * The last known summary of an environment: `summary` of its record, written by the reconciler when it changes, read by
 * everybody who shows it. A restart shows it with its age until the cluster has answered again.
 */
export interface EnvironmentSummary {
  /** Catalog entity ref of the service's owner. */
  owner: string;
  /** The environment that its releases come from, when the spec names one. */
  promoteFrom?: string;
  /**
   * What was done last to the spec of this generation: a release, named by the revision that moved, or else the spec
   * itself. Rows of the timeline that come of a release are joined by it.
   */
  moved?: { generation: number; revision?: string };
  release: Release;
  gates: BuildGate[];
  cost: { cents: number; currency: string };
  /** What the policies found when it was planned last. */
  verdicts: KeptVerdict[];
  /** Folder in the GitOps repository. */
  folder: string;
  /** Where the Argo CD Application is. */
  application: { cluster: string; namespace: string; name: string };
  /**
   * Who asked for what was committed last, and when; and which comparison of Argo CD's was the last one that was seen
   * then.
   */
  lastChange?: {
    author?: string;
    at: string;
    commit: string;
    comparedAt?: string;
  };
  /** What Slipway applied last itself, and for which commit; older than this moment it is looked at again. */
  applied?: { digest: string; commit: string; at: string };
  /** What a removal was to take away when it was recorded last, and has not told yet. */
  removing?: RemovedPart[];
  /** How far the adoption of what was there before was told, until it is over. */
  adoption?: 'begun' | 'handed-over';
  /** The change request that was told to ask for a delivery. */
  proposed?: { id: string; digest: string };
  /** Paths that were changed by hand and are written back, until that was told. */
  reverting?: string[];
  /** The last sync of which Application got into the timeline. */
  synced?: { uid: string; id: number };
  /** What was last seen in the cluster. */
  live?: { syncedRevision?: string; objects: ApiLiveObject[]; asOf: string };
}
