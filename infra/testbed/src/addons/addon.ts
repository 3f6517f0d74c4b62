import type { Binaries } from '../build.ts';
import type { Component } from '../component.ts';
import type { KubeObject } from '../manifests.ts';

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
}

/** An add-on with everything that it takes to start it. */
export interface ReadyAddon {
  addon: Addon;
  binaries: Binaries;
  objects: KubeObject[];
}
