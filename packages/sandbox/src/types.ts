import { Faults } from './http/faults';

/**
 * Where the sandbox says what it does. Backstage's `LoggerService` fits.
 *
 * @public
 */
export interface SandboxLogger {
  /** Details for whoever looks for a defect. */
  debug(message: string): void;
  /** What happens. */
  info(message: string): void;
  /** What a stand-in could not do yet, and tries again. */
  warn(message: string): void;
  /** What a person should look at. */
  error(message: string): void;
}

/**
 * How long the stand-ins take for things that take long in a real cluster.
 *
 * @public
 */
export interface SandboxTimings {
  /** From a Pod's creation to its containers running. Default 1000. */
  podStartMs?: number;
  /** From a Pod's deletion to its end. Default 500. */
  podStopMs?: number;
  /** How long a Job's Pod, or a step of a pipeline, works. Default 2000. */
  workMs?: number;
  /** How often Argo CD looks at Git by itself. Default 15000 (a real one: three minutes). */
  argoPollMs?: number;
}

/**
 * One cluster to start.
 *
 * @public
 */
export interface SandboxClusterOptions {
  /** A DNS label. */
  name: string;
  /** Becomes the label `topology.kubernetes.io/region` of its node. */
  region?: string;
  /** Overrides the port that the sandbox would choose. */
  port?: number;
}

/**
 * What `startSandbox` takes.
 *
 * @public
 */
export interface SandboxOptions {
  /** At least one. */
  clusters: SandboxClusterOptions[];
  /** Default 127.0.0.1: the sandbox is not made to be reached from outside. */
  host?: string;
  /** Port of the first cluster; the next ones follow. 0 or nothing: free ports. */
  port?: number;
  /** A folder where objects and tokens outlive the process. */
  stateDir?: string;
  /** The administrator's token of every cluster. Made and kept per cluster when absent. */
  token?: string;
  /** Silent when absent. */
  logger?: SandboxLogger;
  /** What time it is; for tests. */
  clock?: () => Date;
  /** How long the stand-ins take. */
  timings?: SandboxTimings;
  /** Whether Argo CD, workloads and pipelines are played. Default true; without them it is a bare API server. */
  standIns?: boolean;
}

/**
 * A running cluster.
 *
 * @public
 */
export interface SandboxCluster {
  /** As in the options. */
  name: string;
  /** As in the options. */
  region?: string;
  /** The same port speaks TLS too: with `https:` for `http:` and `caData`, as kubectl wants it. */
  url: string;
  /** The certificate of the TLS side, as base64 of its PEM. */
  caData: string;
  /** The administrator's token. */
  token: string;
}

/**
 * What `startSandbox` answers with.
 *
 * @public
 */
export interface Sandbox {
  /** In the order in which they were asked for. */
  clusters: SandboxCluster[];
  /** What can be made to go wrong, for tests. */
  faults: {
    /** Replaces the faults of one cluster, or of all. An empty object ends them. */
    set(faults: Faults, cluster?: string): void;
    /** The present faults of a cluster. */
    get(cluster: string): Faults;
  };
  /** Empties every cluster, as if it had just been made. Tokens and ports stay. */
  reset(): Promise<void>;
  /** Saves and ends everything. */
  stop(): Promise<void>;
}
