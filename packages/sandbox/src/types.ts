import { Faults } from './http/faults';

/**
 * Where the sandbox says what it does. Backstage's `LoggerService` fits.
 *
 * @public
 */
export interface SandboxLogger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
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
  clusters: SandboxClusterOptions[];
  /** Default 127.0.0.1: the sandbox is not made to be reached from outside. */
  host?: string;
  /** Port of the first cluster; the next ones follow. 0 or nothing: free ports. */
  port?: number;
  /** A folder where objects and tokens outlive the process. */
  stateDir?: string;
  /** The administrator's token of every cluster. Made and kept per cluster when absent. */
  token?: string;
  logger?: SandboxLogger;
  clock?: () => Date;
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
  name: string;
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
  clusters: SandboxCluster[];
  faults: {
    /** Replaces the faults of one cluster, or of all. An empty object ends them. */
    set(faults: Faults, cluster?: string): void;
    get(cluster: string): Faults;
  };
  /** Empties every cluster, as if it had just been made. Tokens and ports stay. */
  reset(): Promise<void>;
  /** Saves and ends everything. */
  stop(): Promise<void>;
}
