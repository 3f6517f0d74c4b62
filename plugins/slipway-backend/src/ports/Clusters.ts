/** Any Kubernetes object. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    generation?: number;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
    deletionTimestamp?: string;
    creationTimestamp?: string;
    managedFields?: unknown[];
    ownerReferences?: Array<{
      apiVersion: string;
      kind: string;
      name: string;
      uid: string;
      controller?: boolean;
    }>;
  };
  [field: string]: unknown;
}

export interface ObjectRef {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
}

/** What `plan()` and people need to know of a cluster, from configuration and discovery. */
export interface ClusterInfo {
  name: string;
  title: string;
  region?: string;
  /** True for the embedded sandbox: labelled wherever a person sees it. */
  sandbox: boolean;
  argocd: {
    /** Cluster (by name) that runs Argo CD for this one; a hub is the normal case. */
    cluster: string;
    namespace: string;
    /** Where people reach its pages. */
    url?: string;
    /** Destination of an Application that means this cluster: `server` URL or `name`. */
    destination: { server?: string; name?: string };
    /** Whether one ApplicationSet makes the Applications, instead of Slipway one each. */
    applicationSet?: boolean;
    /** A comparison that is older than this is no news any more; absent where Argo CD isn't asked to compare by the clock. */
    silentAfterMs?: number;
  };
}

/** What a cluster can do, from discovery; cached with its age. */
export interface ClusterCapabilities {
  version: string;
  /** `group/version/Kind` that are served. */
  kinds: Set<string>;
  asOf: Date;
}

/** One operation of a JSON patch (RFC 6902). */
export type JsonPatchOperation =
  { op: 'remove'; path: string } | { op: 'test'; path: string; value: unknown };

/** Port to one Kubernetes API. Errors are `@backstage/errors`; an unreachable cluster is `ServiceUnavailableError`. */
export interface ClusterClient {
  readonly info: ClusterInfo;
  capabilities(): Promise<ClusterCapabilities>;
  get(ref: ObjectRef): Promise<KubernetesObject | undefined>;
  list(
    kind: { apiVersion: string; kind: string },
    options?: {
      namespace?: string;
      labelSelector?: string;
      fieldSelector?: string;
    },
  ): Promise<KubernetesObject[]>;
  /** Server-side apply with our field manager; with another one's only to ask what it would do. */
  apply(
    object: KubernetesObject,
    options?:
      | { dryRun?: boolean; force?: boolean }
      | { dryRun: true; force?: boolean; fieldManager: string },
  ): Promise<KubernetesObject>;
  /** Makes it unless an object of this name is there already; says whether it did. What is there stays as it is. */
  create(object: KubernetesObject): Promise<boolean>;
  /** Deletes when it exists (and has this uid); foreground propagation by default. False when it was not there. */
  delete(
    ref: ObjectRef,
    options?: {
      uid?: string;
      propagation?: 'Foreground' | 'Background' | 'Orphan';
    },
  ): Promise<boolean>;
  /** JSON merge patch, for annotations and the like. */
  mergePatch(ref: ObjectRef, patch: object): Promise<KubernetesObject>;
  /** JSON patch: all operations or, when one of its tests fails, none. */
  jsonPatch(
    ref: ObjectRef,
    operations: JsonPatchOperation[],
  ): Promise<KubernetesObject>;
  /** The end of a container's log. Throws NotFoundError for a Pod that isn't there. */
  podLog(
    pod: { namespace: string; name: string },
    options: {
      container?: string;
      previous?: boolean;
      tailLines: number;
      /** At most so many bytes from the beginning of what was asked for. */
      limitBytes: number;
    },
  ): Promise<string>;
}

export interface Clusters {
  list(): ClusterInfo[];
  /** Throws NotFoundError naming the clusters that there are. */
  client(name: string): ClusterClient;
}
