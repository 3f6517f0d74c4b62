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
import { benchClusters, size } from './live/testbed';

/**
 * From the push of so many declared environments until each is provisioned, beside bare server-side apply of the same
 * objects in the same order at the same concurrency by a client that does nothing else. One after the other on
 * one API server.
 */
const ENVIRONMENTS = size(1_000, 60);
const WARM = size(40, 10);
const OF_A_SERVICE = ['staging', 'test'];
/** Requests to the API server at once, on both sides: ours never sends a cluster more, however many keys it works on. */
const CONCURRENCY = 8;
/** Keys at once: most of them wait for their share of a commit, which one writer makes of all that are there. */
const WORKERS = 32;

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
    slipway: { queue: { workers: WORKERS } },
  });
  await untilAll(api, 'Provisioned', WARM);
  let began = performance.now();
  let used = process.cpuUsage();
  await repositories.commit(
    repositories.platform,
    serviceFiles(bench, OF_A_SERVICE),
  );
  await untilAll(api, 'Provisioned', WARM + ENVIRONMENTS, 600);
  const ours = secondsSince(began, used);
  tell(`ours: ${ours.wall.toFixed(1)} s`);
  // What waits for Argo CD looks again and again; none of that is the other's.
  await backend.stop();

  const apply = async (chain: Rendered[]) => {
    for (const object of chain) await kube.apply(pathOf(object), object);
  };
  const chains = await rendered(repositories);
  await pooled(chains.warm, CONCURRENCY, apply);
  began = performance.now();
  used = process.cpuUsage();
  await pooled(chains.bench, CONCURRENCY, apply);
  const other = secondsSince(began, used);
  tell(`bare: ${other.wall.toFixed(1)} s`);
  const objects = chains.bench.flat().length;
  report({
    name: 'provision',
    what: `${ENVIRONMENTS} environments (${objects} objects), from push to provisioned`,
    ours: rounded(ENVIRONMENTS / ours.wall, 1),
    other: rounded(ENVIRONMENTS / other.wall, 1),
    ratio: rounded(other.wall / ours.wall),
    unit: 'environments a second',
    goal: '≥ 0.85',
  });
  report({
    name: 'provision cpu',
    what: 'CPU of the process that does it: planning, commits, records and watches are ours alone',
    ours: rounded((1_000 * ours.cpu) / ENVIRONMENTS, 1),
    other: rounded((1_000 * other.cpu) / ENVIRONMENTS, 1),
    ratio: rounded(ours.cpu / other.cpu),
    unit: 'ms an environment',
  });
  await repositories.remove();
}

function names(prefix: string, environments: number): string[] {
  return Array.from(
    { length: environments / OF_A_SERVICE.length },
    (_, i) => `${prefix}-${i}`,
  );
}

function secondsSince(began: number, used: NodeJS.CpuUsage) {
  const { user, system } = process.cpuUsage(used);
  return {
    wall: (performance.now() - began) / 1_000,
    cpu: (user + system) / 1e6,
  };
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
