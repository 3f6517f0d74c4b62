import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openArgoCD, type TestbedArgoCD } from './addons/argocd/index.ts';
import { ensureBinaries } from './build.ts';
import { stopCluster, type TestbedCluster } from './cluster.ts';
import { bringDown, bringUp, readAdditions } from './clusters.ts';
import { signalOurs } from './process.ts';
import { isAlive } from './processIdentity.ts';
import { clusterPaths, listClusterNames, readRecord } from './state.ts';

const TEMPORARY_PREFIX = 'slipway-testbed-';

/**
 * What a test asks for.
 *
 * @public
 */
export interface TestbedOptions {
  /** How many clusters; 1 unless told otherwise. */
  clusters?: number;
  /**
   * Folder for data, keys and logs. A temporary one unless told otherwise, so
   * that any number of test runs may work side by side.
   */
  stateDir?: string;
  /** Bundles of CRDs to install, such as `argocd-crds`, and add-ons to run, such as `tekton`. */
  with?: string[];
  /** Folders whose manifests are applied to every cluster. */
  crds?: string[];
  /** Where progress is told; nowhere unless given. */
  log?: (message: string) => void;
}

/**
 * Clusters that end with `stop`, or with this process at the latest.
 *
 * @public
 */
export interface Testbed {
  clusters: TestbedCluster[];
  /** There when `with` named `argocd`; it runs in the first cluster and knows all of them by their URLs. */
  argocd?: TestbedArgoCD;
  stateDir: string;
  stop(): Promise<void>;
}

/**
 * Starts real clusters for a test. What an earlier run left behind because it
 * was killed is ended first.
 *
 * @public
 */
export async function startTestbed(
  options: TestbedOptions = {},
): Promise<Testbed> {
  const log = options.log ?? (() => {});
  await endOrphans();
  const binaries = await ensureBinaries(log);
  const additions = await readAdditions(options, log);

  const temporary = options.stateDir === undefined;
  const stateDir = options.stateDir
    ? resolve(options.stateDir)
    : mkdtempSync(join(tmpdir(), TEMPORARY_PREFIX));
  const endAtExit = () => killAll(stateDir);
  process.once('exit', endAtExit);
  const stop = async () => {
    await bringDown(stateDir, log);
    if (temporary) rmSync(stateDir, { recursive: true, force: true });
    process.off('exit', endAtExit);
  };

  try {
    const results = await bringUp({
      stateRoot: stateDir,
      count: options.clusters ?? 1,
      binaries,
      additions,
      ownerPid: process.pid,
      log,
    });
    return {
      clusters: results.map(result => result.cluster),
      argocd: openArgoCD(stateDir),
      stateDir,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Ends what runs in a state folder, whoever started it, and removes it.
 *
 * @public
 */
export async function endTestbed(stateDir: string): Promise<void> {
  await bringDown(resolve(stateDir), () => {});
}

/** Ends the clusters in temporary folders whose owner is gone. */
async function endOrphans(): Promise<void> {
  const folders = readdirSync(tmpdir(), { withFileTypes: true }).filter(
    entry => entry.isDirectory() && entry.name.startsWith(TEMPORARY_PREFIX),
  );
  for (const folder of folders) {
    const stateRoot = join(tmpdir(), folder.name);
    const names = listClusterNames(stateRoot);
    const orphaned = names.filter(name => {
      const owner = readRecord(clusterPaths(stateRoot, name))?.ownerPid;
      return owner !== undefined && !isAlive(owner);
    });
    for (const name of orphaned) await stopCluster(stateRoot, name);
    if (names.length > 0 && orphaned.length === names.length) {
      rmSync(stateRoot, { recursive: true, force: true });
    }
  }
}

/** The last resort when a process exits without `stop`: nothing can be awaited there. */
function killAll(stateRoot: string): void {
  for (const name of listClusterNames(stateRoot)) {
    const paths = clusterPaths(stateRoot, name);
    for (const { pid } of Object.values(readRecord(paths)?.processes ?? {})) {
      signalOurs(pid, paths.marker, 'SIGKILL');
    }
  }
}
