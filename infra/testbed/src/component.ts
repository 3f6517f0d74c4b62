import type { CertificateFiles } from './certs.ts';
import type { KubeClient } from './kubeClient.ts';
import type { ClusterPaths } from './state.ts';

/** What a component may know of the cluster that it becomes a part of. */
export interface ClusterContext {
  paths: ClusterPaths;
  url: string;
  ports: Record<string, number>;
  certificates: CertificateFiles;
  client: KubeClient;
}

/** One process of the control plane. */
export interface Component {
  /** Name of its program, its log and its record. */
  name: string;
  args(context: ClusterContext): string[];
  /** Writes what the process reads, before it starts. */
  prepare?(context: ClusterContext): void;
  /** True as soon as the next component may rely on it. */
  isReady(context: ClusterContext): Promise<boolean>;
}
