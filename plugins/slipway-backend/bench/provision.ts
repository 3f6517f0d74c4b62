import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  createTestRepositories,
  readFolder,
  type TestRepositories,
} from '../src/__testUtils__/testRepositories';
import { Kube, pooled } from './live/kube';
import { startPortal, untilAll } from './live/portal';
import { report, rounded, runBench, tell } from './live/report';
import { serviceFiles } from './live/services';
import { type BenchCluster, benchClusters, size } from './live/testbed';

/**
 * From the push of so many declared environments until each is provisioned, beside bare server-side apply of the same
 * objects in the same order at the same concurrency by a client that does nothing else. One after the other on
 * one API server.
 */
const ENVIRONMENTS = size(1_000, 60);
const WARM = size(40, 10);
const OF_A_SERVICE = ['staging', 'test'];
/** Of the bare client's pace. */
const GOAL = 0.85;
/** Requests to the API server at once, on both sides: ours never sends a cluster more, however many keys it works on. */
const CONCURRENCY = 8;
/** Keys at once: most of them wait for their share of a commit, which one writer makes of all that are there. */
const WORKERS = 32;
/** Far longer than it takes on a machine that does something else beside. */
const PATIENCE_S = 1_500;
/** Of a process' time in /proc, on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;
/** Cores for which it is worked out what the ratio could be at best. */
const CORES = [2, 4, 8];

interface Rendered {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** The paths of the kinds that Slipway applies itself. */
const PLURALS: Record<string, string> = {
  Namespace: 'namespaces',
  NetworkPolicy: 'networkpolicies',
  AppProject: 'appprojects',
};

function pathOf({ apiVersion, kind, metadata }: Rendered): string {
  const root = apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
  const plural = PLURALS[kind] ?? `${kind.toLowerCase()}s`;
  const place = metadata.namespace ? `/namespaces/${metadata.namespace}` : '';
  return `${root}${place}/${plural}/${metadata.name}`;
}

async function main() {
  const [cluster] = benchClusters();
  const kube = new Kube(cluster, CONCURRENCY);
  await kube.apply('/api/v1/namespaces/argocd', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'argocd' },
  });
  const repositories = await createTestRepositories();
  // What was just compiled is warm on both sides before the time is taken.
  const warm = names('warm', WARM);
  const bench = names('bench', ENVIRONMENTS);
  await repositories.commit(repositories.platform, {
    // Nothing of the demo: its second environment waits for an approval.
    'organizations/shop/services': null,
    ...serviceFiles(warm, OF_A_SERVICE),
  });
  const { backend, api } = await startPortal({
    repositories,
    clusters: [{ ...cluster, name: 'eu' }],
    slipway: { queue: { workers: WORKERS, buffer: WORKERS } },
  });
  await untilAll(api, 'Provisioned', WARM);
  // Whoever pushes has Git's work to do with either side; the time begins when the push has arrived.
  await repositories.commit(
    repositories.platform,
    serviceFiles(bench, OF_A_SERVICE),
  );
  const ours = await timed(cluster, () =>
    untilAll(api, 'Provisioned', WARM + ENVIRONMENTS, PATIENCE_S),
  );
  tell(`ours: ${ours.wall.toFixed(1)} s`);
  // What waits for Argo CD looks again and again; none of that is the other's.
  await backend.stop();

  const apply = async (chain: Rendered[]) => {
    for (const object of chain) await kube.apply(pathOf(object), object);
  };
  const chains = await rendered(repositories);
  await pooled(chains.warm, CONCURRENCY, apply);
  const other = await timed(cluster, () =>
    pooled(chains.bench, CONCURRENCY, apply),
  );
  tell(`bare: ${other.wall.toFixed(1)} s`);
  const objects = chains.bench.flat().length;
  report({
    name: 'provision',
    what: `${ENVIRONMENTS} environments (${objects} objects), from push to provisioned`,
    ours: rounded(ENVIRONMENTS / ours.wall, 1),
    other: rounded(ENVIRONMENTS / other.wall, 1),
    ratio: rounded(other.wall / ours.wall),
    unit: 'environments a second',
    goal: `≥ ${GOAL}`,
    note: `From the push to the list that says that the last one is provisioned: ours looks for a push every second, and keeps records that a bare client has no use for. Bare: from the first request to the last answer, ${CONCURRENCY} at once on both sides.`,
  });
  report({
    name: 'provision cpu',
    what: 'CPU of the process that does it: planning, commits, records and watches are ours alone',
    ours: rounded(ours.cpu, 1),
    other: rounded(other.cpu, 1),
    ratio: rounded(ours.cpu / other.cpu),
    unit: 'ms an environment',
  });
  report({
    name: 'provision cluster cpu',
    what: 'CPU of the API server, etcd and the controllers meanwhile',
    ours: rounded(ours.cluster, 1),
    other: rounded(other.cluster, 1),
    ratio: rounded(ours.cluster / other.cluster),
    unit: 'ms an environment',
    note: limits(ours, other),
  });
  await repositories.remove();
}

function names(prefix: string, environments: number): string[] {
  return Array.from(
    { length: environments / OF_A_SERVICE.length },
    (_, i) => `${prefix}-${i}`,
  );
}

/** What it took, and the CPU of an environment in ms: of this process, and of all of the cluster's. */
interface Taken {
  /** Seconds. */
  wall: number;
  cpu: number;
  cluster: number;
}

async function timed(
  cluster: BenchCluster,
  work: () => Promise<unknown>,
): Promise<Taken> {
  const began = performance.now();
  const used = process.cpuUsage();
  const before = clusterCpu(cluster);
  await work();
  const { user, system } = process.cpuUsage(used);
  return {
    wall: (performance.now() - began) / 1_000,
    cpu: (user + system) / 1_000 / ENVIRONMENTS,
    cluster: (clusterCpu(cluster) - before) / ENVIRONMENTS,
  };
}

/** Milliseconds of CPU that the processes of a cluster have used so far. */
function clusterCpu({ pids }: BenchCluster): number {
  return Object.values(pids)
    .map(pid => {
      // The name, in brackets, may hold spaces; user and system time are the 12th and 13th value after it.
      const [, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
      const fields = rest.split(' ');
      return Number(fields[11]) + Number(fields[12]);
    })
    .reduce((sum, ticks) => sum + (1_000 * ticks) / TICKS_A_SECOND, 0);
}

/**
 * What the figures allow at most. Nobody is faster than all CPU that it takes by the number of cores, nor than the
 * CPU of the one process by one core.
 */
function limits(ours: Taken, other: Taken): string {
  const least = ({ cpu, cluster }: Taken, cores: number) =>
    Math.max(cpu, (cpu + cluster) / cores);
  const ratios = CORES.map(
    cores =>
      `${rounded(least(other, cores) / least(ours, cores))} with ${cores} cores`,
  );
  const share = (part: number) =>
    Math.round((100 * part) / (ours.cpu + ours.cluster));
  return (
    `Of the CPU that one environment of ours takes, ${share(ours.cluster)} % is the cluster's, ` +
    `${share(other.cpu)} % what a bare client takes for its requests, and ${share(ours.cpu - other.cpu)} % what a bare ` +
    `client doesn't do: read and plan, commit, keep records and queue (in SQLite, in this process), watch. ` +
    `By CPU alone, on a machine that does nothing else, the ratio can't exceed ${ratios.join(', ')}. One process of ours has one thread, so that more cores ` +
    `help ours only as more replicas; for the goal on two cores it would have to get by with ` +
    `${rounded(Math.max(0, (other.cpu + other.cluster) / GOAL - ours.cluster), 1)} ms of CPU an environment.`
  );
}

/** What Slipway committed of what it applies itself, under other names, an environment a chain in the order in which it applies. */
async function rendered(
  repositories: TestRepositories,
): Promise<Record<'warm' | 'bench', Rendered[][]>> {
  const folder = join(repositories.root, 'rendered');
  await repositories.git(
    repositories.root,
    'clone',
    '-q',
    repositories.gitops,
    folder,
  );
  const files = await readFolder(folder);
  const chains = new Map<string, Rendered[]>();
  for (const [path, text] of Object.entries(files)) {
    // clusters/<cluster>/<org>/<service>/<environment>/platform/<file>
    const [, , , service, environment, part] = path.split('/');
    if (part !== 'platform') continue;
    const object = parse(text.replaceAll('shop--', 'bare--')) as Rendered;
    const key = `${service}/${environment}`;
    chains.set(key, [...(chains.get(key) ?? []), object]);
  }
  const of = (prefix: string) =>
    [...chains]
      .filter(([key]) => key.startsWith(prefix))
      .map(([, chain]) => chain.sort((a, b) => order(a) - order(b)));
  return { warm: of('warm-'), bench: of('bench-') };
}

const ORDER = ['Namespace', '*', 'AppProject', 'Application'];

function order({ kind }: Rendered): number {
  const at = ORDER.indexOf(kind);
  return at < 0 ? ORDER.indexOf('*') : at;
}

runBench(main);
