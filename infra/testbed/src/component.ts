import type { CertificateFiles } from './certs.ts';
import type { KubeClient } from './kubeClient.ts';
import type { ClusterPaths } from './state.ts';

/** What a component may know of the cluster that it becomes a part of. */
export interface ClusterContext {
  paths: ClusterPaths;
  url: string;
  /** Of everything that runs in the cluster, by name. */
  ports: Record<string, number>;
  certificates: CertificateFiles;
  client: KubeClient;
}

/** One process of a cluster. */
export interface Component {
  /** Name of its record and its log, and of its program unless that has another one. */
  name: string;
  /** Name of its program, where that differs. */
  program?: string;
  /** What it is called in records, for programs that don't say their version. */
  version?: string;
  /** Started by a link of its own name in the cluster's folder, for a program that does what it is called. */
  linked?: boolean;
  /** The port that it takes whatever it is told. */
  fixedPort?: number;
  /** Names of ports that it needs beside the one of its own name. */
  morePorts?: string[];
  /** Beside PATH and HOME. */
  env?(context: ClusterContext): Record<string, string>;
  args(context: ClusterContext): string[];
  /** Writes what the process reads, before it starts. */
  prepare?(context: ClusterContext): void;
  /** True as soon as the next component may rely on it. */
  isReady(context: ClusterContext): Promise<boolean>;
}
