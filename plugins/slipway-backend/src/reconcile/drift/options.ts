import type { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import type { Clusters } from '../../ports/Clusters';
import type { DriftStore } from '../../ports/DriftStore';
import type { EnvironmentStore } from '../../ports/EnvironmentStore';
import type { StatusIndex } from '../../ports/StatusIndex';
import type { UnseenKind, WriteLog } from '../../ports/WriteLog';

/** When to look again without being called. */
export interface DriftWaits {
  /** All objects, whatever the watches say: for kinds that no watch sees. */
  recheckMs: number;
  /** A cluster that is away. */
  clusterMs: number;
  /** Objects that a cluster refuses to be asked about: a missing right or kind comes seldom. */
  refusedMs: number;
  /** A sync that is under way, or watches that have just started. */
  settlingMs: number;
  /** A sync that takes longer is judged all the same: it may wait for something that never comes. */
  patienceMs: number;
  /** What was applied for the first time, and Argo CD has yet to see, is looked at after so long all the same. */
  firstMs: number;
}

/** Defaults of {@link DriftWaits}. */
export const DRIFT_WAITS: DriftWaits = {
  recheckMs: 4 * 3_600_000,
  clusterMs: 15_000,
  refusedMs: 600_000,
  settlingMs: 1_000,
  patienceMs: 60_000,
  firstMs: 120_000,
};

/** Everything that the reconciler of drift works with. */
export interface DriftReconcilerOptions {
  drifts: DriftStore;
  environments: EnvironmentStore;
  clusters: Clusters;
  index: StatusIndex;
  writes: WriteLog;
  /** False until the watches have said of everything that is there that it is. */
  watching: () => boolean;
  /** Kinds whose writes the watches don't see, as a right is missing or the cluster fails. */
  unseen: () => UnseenKind[];
  host: GitHost;
  gitops: RepositoryRef;
  /** `gitops-only`: no cluster may be asked what an apply would change, which needs the right to do it. */
  apply: 'bootstrap' | 'gitops-only';
  /** Whether the fields of a manager are no drift. */
  allowed: (manager: string) => boolean;
  waits?: Partial<DriftWaits>;
}
