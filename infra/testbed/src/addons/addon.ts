import type { Binaries } from '../build.ts';
import type { TestbedCluster } from '../cluster.ts';
import type { Component } from '../component.ts';
import type { KubeClient } from '../kubeClient.ts';
import type { KubeObject } from '../manifests.ts';
import type { ClusterPaths } from '../state.ts';

/** Something that runs in a cluster beside its control plane, as processes outside of it. */
export interface Addon {
  /** Name for `--with`. */
  name: string;
  /** Other ones that must run before. */
  needs: string[];
  /** Folders under `tools/` that hold its programs. */
  modules: string[];
  /** What is applied before its processes start. */
  objects(log: (message: string) => void): Promise<KubeObject[]>;
  /** In the order of their start. */
  components: Component[];
  /** Runs in cluster 1 alone, for all clusters. */
  hub?: boolean;
  /** What is done whenever it runs and all clusters are ready. */
  afterStart?(hub: Hub): Promise<void>;
}

/** The cluster that an add-on of the hub runs in, and all that it may work for. */
export interface Hub {
  paths: ClusterPaths;
  client: KubeClient;
  clusters: TestbedCluster[];
}

/** An add-on with everything that it takes to start it. */
export interface ReadyAddon {
  addon: Addon;
  binaries: Binaries;
  objects: KubeObject[];
}
