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
  /** Who asked for what was committed last, and when. */
  lastChange?: { author?: string; at: string; commit: string };
  /** What Slipway applied last itself, and for which commit; older than this moment it is looked at again. */
  applied?: { digest: string; commit: string; at: string };
  /** The last sync of which Application got into the timeline. */
  synced?: { uid: string; id: number };
  /** What was last seen in the cluster. */
  live?: { syncedRevision?: string; objects: ApiLiveObject[]; asOf: string };
}
