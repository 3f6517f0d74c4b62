import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isNotFound } from './errors.ts';
import { writeFileAtomic } from './files.ts';

/** What is known of one process of a cluster. */
export interface ProcessRecord {
  pid: number;
  port: number;
  version: string;
  startedAt: string;
}

/** What is written down of one cluster: enough to end it and to reach it. */
export interface ClusterRecord {
  name: string;
  /** A cluster that stayed in `starting` was interrupted and is made anew. */
  phase: 'starting' | 'ready';
  createdAt: string;
  url: string;
  /** Process id of the test run that owns the cluster; undefined when it is to stay. */
  ownerPid?: number;
  kubectl?: string;
  processes: Record<string, ProcessRecord>;
  /** Of add-ons, by name: what is started again takes the same ones, as others were told them. */
  ports?: Record<string, number>;
}

/** Where things are inside a cluster's folder. */
export function clusterPaths(stateRoot: string, name: string) {
  const dir = join(stateRoot, name);
  return {
    dir,
    /** In the command line of every process, and of no other cluster's. */
    marker: `${dir}/`,
    record: join(dir, 'cluster.json'),
    kubeconfig: join(dir, 'kubeconfig'),
    tokenFile: join(dir, 'admin-token'),
    pki: join(dir, 'pki'),
    etcdData: join(dir, 'etcd'),
    log: (component: string) => join(dir, 'logs', `${component}.log`),
    config: (component: string) => join(dir, `${component}.kubeconfig`),
  };
}

export type ClusterPaths = ReturnType<typeof clusterPaths>;

export function clusterName(index: number): string {
  return `cluster-${index}`;
}

/** Names of the clusters that have a folder, in their order. */
export function listClusterNames(stateRoot: string): string[] {
  try {
    return readdirSync(stateRoot, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && /^cluster-\d+$/.test(entry.name))
      .map(entry => entry.name)
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

export function readRecord(paths: ClusterPaths): ClusterRecord | undefined {
  try {
    return JSON.parse(readFileSync(paths.record, 'utf8')) as ClusterRecord;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

export function writeRecord(paths: ClusterPaths, record: ClusterRecord): void {
  mkdirSync(paths.dir, { recursive: true, mode: 0o700 });
  writeFileAtomic(paths.record, `${JSON.stringify(record, null, 2)}\n`);
}

export function removeState(paths: ClusterPaths): void {
  // A process that was just killed may still be closing its files.
  rmSync(paths.dir, {
    recursive: true,
    force: true,
    maxRetries: 5,
    retryDelay: 50,
  });
}
