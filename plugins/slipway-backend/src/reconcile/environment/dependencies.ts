import type { GitOpsTarget, PriceSheet } from '@slipway/plan';
import type {
  GitAuthor,
  GitHost,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import type { DeliveryStage } from '../../domain/platform/deliveryStage';
import type { PlatformState } from '../../domain/platform/PlatformState';
import type { ApprovalStore } from '../../ports/ApprovalStore';
import type { Clusters } from '../../ports/Clusters';
import type { DeliveryClone, DeliveryFolder } from '../../ports/DeliveryPlaces';
import type { DomainStore } from '../../ports/DomainStore';
import type { FoundEnvironments } from '../../ports/FoundEnvironments';
import type { EnvironmentStore } from '../../ports/EnvironmentStore';
import type { GitWriter } from '../../ports/GitWriter';
import type { ReleaseStore } from '../../ports/ReleaseStore';
import type { ResourceStore } from '../../ports/ResourceStore';
import type { SourceRecord, SourceStore } from '../../ports/SourceStore';
import type { StatusIndex } from '../../ports/StatusIndex';

/** When to come back without being called. Each is a net under a message that usually comes earlier. */
export interface WaitSettings {
  /** An environment that is as it should be. */
  resyncMs: number;
  /** A repository that can't be read or written. */
  gitMs: number;
  /** A cluster that is away, or refuses. */
  clusterMs: number;
  /** Argo CD, which syncs and deletes. */
  argocdMs: number;
  /** Somebody who merges, or confirms. */
  peopleMs: number;
}

/** Defaults of {@link WaitSettings}. */
export const WAIT_SETTINGS: WaitSettings = {
  resyncMs: 600_000,
  gitMs: 15_000,
  clusterMs: 15_000,
  argocdMs: 5_000,
  peopleMs: 30_000,
};

/** How far deliveries go, and where to. Where nothing is set, each class decides and all goes to the repository. */
export interface DeliverySettings {
  stage?: DeliveryStage;
  /** What is pushed to and what change requests are against, where Argo CD reads something else. */
  target?: RepositoryRef;
  /** Begins the names of the branches of deliveries. */
  branchPrefix?: string;
  /** For the stage `write`. */
  folder?: DeliveryFolder;
  /** For the stage `commit`. */
  clone?: DeliveryClone;
}

/** Everything that the reconciler of environments works with. */
export interface EnvironmentReconcilerOptions {
  environments: EnvironmentStore;
  resources: ResourceStore;
  sources: Pick<SourceStore, 'list'>;
  approvals: ApprovalStore;
  domains: DomainStore;
  /** What environments were asked to run, and what change requests are to bring to them, until Git says so. */
  releases: Pick<
    ReleaseStore,
    'wanted' | 'settle' | 'moving' | 'arrived' | 'drop'
  >;
  /** What is declared, with the last valid version of files that are broken now. */
  states: {
    /** As it was last read; `sources` are all of them, from whoever has just asked for them. */
    current(sources?: readonly SourceRecord[]): Promise<PlatformState>;
  };
  clusters: Clusters;
  /** Looks at what environments adopt. */
  found: FoundEnvironments;
  index: StatusIndex;
  host: GitHost;
  writer: GitWriter;
  gitops: {
    repository: RepositoryRef;
    target: GitOpsTarget;
    delivery?: DeliverySettings;
  };
  prices: PriceSheet;
  /** `gitops-only`: nothing is written to any cluster, others apply what is in Git. */
  apply: 'bootstrap' | 'gitops-only';
  /** Author of commits that nobody asked for. */
  gitAuthor: GitAuthor;
  /** Whom change requests of delivery are opened for, as a catalog entity ref. */
  actor?: string;
  waits?: Partial<WaitSettings>;
}
