import { join, resolve } from 'node:path';
import { ADDONS, readyAddons, type ReadyAddon } from './addons/index.ts';
import { applyObjects } from './apply.ts';
import type { Binaries } from './build.ts';
import {
  isRunning,
  openCluster,
  startAddon,
  startCluster,
  stopCluster,
  withAdminClient,
  type TestbedCluster,
} from './cluster.ts';
import { crdBundle, readCrdBundle } from './crds.ts';
import { TestbedError } from './errors.ts';
import { withLock } from './lock.ts';
import { readManifests, type KubeObject } from './manifests.ts';
import { isAlive } from './processIdentity.ts';
import {
  clusterName,
  clusterPaths,
  listClusterNames,
  readRecord,
} from './state.ts';

/** Another run that starts or ends clusters in the same folder takes seconds. */
const STATE_LOCK_TIMEOUT_MS = 5 * 60_000;

/** What a person may want applied to each cluster. */
export interface Additions {
  /** Names of CRD bundles, such as `argocd-crds`, and of add-ons, such as `tekton`. */
  with?: string[];
  /** Folders whose manifests are applied. */
  crds?: string[];
}

/** A cluster, and whether this run started it. */
export interface UpResult {
  cluster: TestbedCluster;
  started: boolean;
  milliseconds: number;
}

/** What is added to a cluster: objects, and what runs beside it. */
export interface ReadAdditions {
  objects: KubeObject[];
  addons: ReadyAddon[];
}

/** Reads, and builds where needed, what is to be added, before anything is started. */
export async function readAdditions(
  additions: Additions,
  log: (message: string) => void,
): Promise<ReadAdditions> {
  const names = (additions.with ?? []).flatMap(name => name.split(','));
  const isAddon = (name: string) => ADDONS.some(addon => addon.name === name);
  const bundles = names.filter(name => !isAddon(name)).map(crdBundle);
  const addons = await readyAddons(names.filter(isAddon), log);
  const objects: KubeObject[] = [];
  for (const bundle of bundles)
    objects.push(...(await readCrdBundle(bundle, log)));
  for (const dir of additions.crds ?? [])
    objects.push(...readManifests(resolve(dir)));
  return { objects, addons };
}

/**
 * Brings the clusters 1 to `count` up: one that runs is left alone, what is
 * left of an interrupted start is removed, and `objects` are applied to all.
 */
export async function bringUp(options: {
  stateRoot: string;
  count: number;
  binaries: Binaries;
  additions: ReadAdditions;
  ownerPid?: number;
  log: (message: string) => void;
}): Promise<UpResult[]> {
  const names = Array.from({ length: options.count }, (_, index) =>
    clusterName(index + 1),
  );
  return withStateLock(options.stateRoot, options.log, async () => {
    // All are awaited also when one fails, so that none is still starting
    // when the caller cleans up.
    const outcomes = await Promise.allSettled(
      names.map(name => bringOneUp(name, options)),
    );
    const results = outcomes.map(outcome => {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    });
    await startHubAddons(results, options);
    return results;
  });
}

/** What runs in the first cluster for all of them, when all of them are there. */
async function startHubAddons(
  results: UpResult[],
  options: Parameters<typeof bringUp>[0],
): Promise<void> {
  const [first] = results;
  const began = Date.now();
  const paths = clusterPaths(options.stateRoot, first.cluster.name);
  for (const ready of options.additions.addons) {
    if (!ready.addon.hub) continue;
    await startAddon(paths, ready, options.binaries);
    const clusters = results.map(({ cluster }) => cluster);
    await withAdminClient(paths, async client =>
      ready.addon.afterStart?.({ paths, client, clusters }),
    );
    first.cluster = openCluster(paths);
  }
  first.milliseconds += Date.now() - began;
}

async function bringOneUp(
  name: string,
  options: Parameters<typeof bringUp>[0],
): Promise<UpResult> {
  const began = Date.now();
  const paths = clusterPaths(options.stateRoot, name);
  const record = readRecord(paths);
  const abandoned = record?.ownerPid !== undefined && !isAlive(record.ownerPid);
  const running = !abandoned && isRunning(paths, record);
  if (running && record?.ownerPid !== options.ownerPid) {
    throw new TestbedError(
      `${paths.dir} belongs to process ${record?.ownerPid ?? '(none: it was started to stay)'}; ` +
        'use another state folder.',
    );
  }
  if (!running) {
    if (record)
      options.log(`Removing what is left of ${name} in ${paths.dir}.`);
    await stopCluster(options.stateRoot, name);
  }
  const cluster = running
    ? openCluster(paths)
    : await startCluster({ ...options, name });
  const { objects, addons } = options.additions;
  if (objects.length > 0)
    await withAdminClient(paths, client => applyObjects(client, objects));
  for (const ready of addons)
    if (!ready.addon.hub) await startAddon(paths, ready, options.binaries);
  return {
    cluster: addons.length > 0 ? openCluster(paths) : cluster,
    started: !running,
    milliseconds: Date.now() - began,
  };
}

/** Ends every cluster of a state folder; gives their names. */
export async function bringDown(
  stateRoot: string,
  log: (message: string) => void,
): Promise<string[]> {
  if (listClusterNames(stateRoot).length === 0) return [];
  return withStateLock(stateRoot, log, async () => {
    const names = listClusterNames(stateRoot);
    await Promise.all(names.map(name => stopCluster(stateRoot, name)));
    return names;
  });
}

function withStateLock<T>(
  stateRoot: string,
  log: (message: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  return withLock(join(stateRoot, 'lock'), work, {
    timeoutMs: STATE_LOCK_TIMEOUT_MS,
    onWait: holder =>
      log(`Process ${holder} is changing ${stateRoot}; waiting for it.`),
  });
}
