import type {
  BuildGate,
  CostEstimate,
  EnvironmentClass,
  Organization,
  PolicyPack,
  Problem,
  Provenance,
  QuotaLine,
  QuotaProfile,
  Release,
  RenderedFile,
  ServiceSpec,
  Verdict,
} from '@slipway/plugin-slipway-common';
import type { FoundEnvironment } from './adopt/found';

/**
 * What a plan has to know about a cluster. It is what discovery and the
 * configuration say, as plain data, so that a plan is the same in a browser.
 *
 * @public
 */
export interface ClusterFacts {
  name: string;
  region?: string;
  /**
   * What the API server serves beyond Kubernetes itself, as
   * `group/version/Kind`, for example `gateway.networking.k8s.io/v1/HTTPRoute`.
   */
  kinds: Iterable<string>;
  argocd: {
    /** The cluster on which the Application is made; a hub is the normal case. */
    cluster: string;
    /** The namespace on that cluster in which Argo CD looks for Applications. */
    namespace: string;
    /** This cluster as Argo CD knows it. */
    destination: { server?: string; name?: string };
    /** The name of the Argo CD Vault Plugin, where it is installed. */
    vaultPlugin?: string;
    /** Whether one ApplicationSet makes the Applications of this cluster, out of `environment.yaml` files. */
    applicationSet?: boolean;
  };
  /** Where connections from outside come from. Absent: the usual place of the route's kind. */
  ingress?: { namespace?: string; className?: string };
  /** The Gateway that HTTPRoutes attach to. Without one there are no HTTPRoutes. */
  gateway?: { name: string; namespace: string; sectionName?: string };
  /** Where Prometheus runs; `monitoring` when absent. */
  prometheus?: { namespace: string };
  /** Where the cluster's DNS runs; `kube-system` when absent. */
  dns?: { namespace: string };
  /** The StorageClass of disks; the cluster's default when absent. */
  storageClass?: string;
  /** Put before the name of a group, as the API server does with `--oidc-groups-prefix`. */
  groupPrefix?: string;
}

/**
 * Where rendered files go.
 *
 * @public
 */
export interface GitOpsTarget {
  repoURL: string;
  /** The branch that Argo CD follows, without `refs/heads/`. */
  branch: string;
  /** A folder in the repository below which everything is put. */
  pathPrefix?: string;
  /** The folder of the chart `service` in the repository, for classes that deliver its values; `charts/service` when absent. */
  chart?: string;
}

/**
 * What things cost in a month of 730 hours, in whole cents.
 *
 * @public
 */
export interface PriceSheet {
  currency: string;
  /** One CPU core. */
  cpu: number;
  /** One GiB of memory. */
  memory: number;
  /** One GiB of disk. */
  storage: number;
  /** One GPU. */
  gpu: number;
}

/**
 * Everything that {@link planEnvironment} looks at. Nothing else counts: no
 * clock, no network, no order of lists whose order has no meaning.
 *
 * @public
 */
export interface PlanInput {
  organization: Organization;
  spec: ServiceSpec;
  /** The name of the environment; it has to be one of the spec's. */
  environment: string;
  release: Release;
  class: EnvironmentClass;
  quota: QuotaProfile;
  /** Packs that the class names and that are missing here fail the plan. */
  policies: PolicyPack[];
  /**
   * Leaves the packs to the caller, who runs `evaluatePolicies` where an
   * expression that takes too long can be stopped, and adds its verdicts.
   */
  skipPolicies?: boolean;
  prices: PriceSheet;
  cluster: ClusterFacts;
  gitops: GitOpsTarget;
  /** Specs of services that this one needs, and of those that need this one. */
  neighbours?: ServiceSpec[];
  /** The line of a spec path, for verdicts that point into the file. */
  positions?: (specPath: string) => number | undefined;
  /** What is there of an environment that is to be adopted; absent once it is, and where nobody looked. */
  found?: FoundEnvironment;
  /** The renderer's version that the environment is pinned to; the newest when absent. */
  rendererVersion?: string;
}

/** A Kubernetes object, as far as everybody may rely on it. @public */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
  };
  [field: string]: unknown;
}

/**
 * An object and where it belongs.
 *
 * @public
 */
export interface RenderedObject {
  object: KubernetesObject;
  /** `platform` objects are applied by Slipway, `workload` objects by Argo CD. */
  part: 'platform' | 'workload';
  /** The cluster that it is applied to; Applications may live on a hub. */
  cluster: string;
  /** Its file, relative to the GitOps repository. */
  path: string;
  /** Short words on what it is. */
  summary: string;
  /** What in the spec it is there for; absent when the environment itself is. */
  source?: { specPath: string; line?: number };
  /** True when removing it loses data. */
  holdsData: boolean;
  /**
   * Where fields come from, by pointer. A field that isn't listed comes from
   * where the nearest listed field above it does; see `provenanceAt`.
   */
  provenance: Provenance[];
}

/**
 * A Secret whose values are made at random in the cluster when it isn't there
 * yet. It is never rendered and never in Git.
 *
 * @public
 */
export interface GeneratedSecret {
  namespace: string;
  name: string;
  /** The keys to fill, each with its own random letters and digits. */
  keys: string[];
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/**
 * What a spec becomes in one environment.
 *
 * @public
 */
export interface EnvironmentPlan {
  organization: string;
  service: string;
  environment: string;
  class: string;
  cluster: string;
  namespace: string;
  /** What it takes over, where it adopts what was there before. */
  adopts?: { namespace: string; application: string };
  /** The environment's folder in the GitOps repository. */
  folder: string;
  rendererVersion: string;
  objects: RenderedObject[];
  /** Whole contents, `environment.yaml` first. */
  files: RenderedFile[];
  generatedSecrets: GeneratedSecret[];
  /** One per finding, and one `pass` per rule without any. */
  verdicts: Verdict[];
  /** As if the environment were new; `summarize` knows what was before. */
  quota: QuotaLine[];
  /** As if the environment were new; `summarize` knows what was before. */
  cost: CostEstimate;
  gates: BuildGate[];
  approval: { required: boolean; count: number; groups: string[] };
  /** SHA-256 over the canonical objects, as `sha256:<hex>`. */
  digest: string;
  /** What an approval binds to: with `approval.on: structure` every revision is masked and every gate open. */
  approvalDigest: string;
  /** Wrong input. When one is an error, the plan must not be carried out. */
  problems: Problem[];
  /** What cost and quota are reckoned with, so that a summary can reckon the state before the same way. */
  terms: PlanTerms;
}

/**
 * What cost and quota of objects are reckoned with.
 *
 * @public
 */
export interface PlanTerms {
  prices: PriceSheet;
  /** Monthly cost of the environment before anything runs in it. */
  base: { cents: number; currency: string };
  /** Hard limits, named as in a ResourceQuota. */
  hard: Record<string, string>;
  /** What a container without limits gets. */
  defaultLimits: { cpu?: string; memory?: string };
  /** What a container without requests gets, if it has no limits of its own. */
  defaultRequests: { cpu?: string; memory?: string };
}
