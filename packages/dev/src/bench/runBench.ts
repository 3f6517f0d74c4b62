import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGitea, startGitServer, startTestbed } from 'slipway-testbed';
import { helm } from '../lib/helm.ts';
import { ROOT } from '../lib/paths.ts';
import { run } from '../lib/run.ts';
import type { Bench } from './benches.ts';
import { fetchPeers, PEERS_FOLDER } from './peerPackages.ts';

/** A line that a measurement printed. */
export interface BenchResult {
  name: string;
  what?: string;
  ours: number | string;
  other: number | string | null;
  ratio: number | null;
  unit: string;
  goal?: string;
  note?: string;
}

/** What a run gave, and what it said beside. */
export interface BenchRun {
  code: number;
  output: string;
  results: BenchResult[];
}

/** Runs a measurement as a process of its own, with what it needs around it. */
export async function runBench(
  bench: Bench,
  options: { small: boolean; say(message: string): void },
): Promise<BenchRun> {
  const env: Record<string, string> = {
    SLIPWAY_BENCH_SMALL: options.small ? '1' : '',
    ...(bench.helm && { SLIPWAY_HELM: await helm() }),
  };
  if (bench.peers) {
    await fetchPeers();
    env.SLIPWAY_BENCH_PEERS = PEERS_FOLDER;
  }
  if (bench.gitea) return withGitea(bench, env, options);
  if (!bench.testbed) return start(bench, env);
  const root = bench.git && (await mkdtemp(join(tmpdir(), 'slipway-bench-')));
  const git = root ? await startGitServer({ root }) : undefined;
  const testbed = await startTestbed({ ...bench.testbed, log: options.say });
  try {
    return await start(bench, {
      ...env,
      SLIPWAY_BENCH_CLUSTERS: JSON.stringify(testbed.clusters),
      SLIPWAY_BENCH_ARGOCD: JSON.stringify(testbed.argocd ?? null),
      SLIPWAY_BENCH_GIT: JSON.stringify(git ? { url: git.url, root } : null),
    });
  } finally {
    await testbed.stop();
    await git?.stop();
    if (root) await rm(root, { recursive: true, force: true });
  }
}

async function withGitea(
  bench: Bench,
  env: Record<string, string>,
  options: { say(message: string): void },
): Promise<BenchRun> {
  const { stop, ...gitea } = await startGitea({ log: options.say });
  try {
    return await start(bench, {
      ...env,
      SLIPWAY_BENCH_GITEA: JSON.stringify(gitea),
    });
  } finally {
    await stop();
  }
}

async function start(
  bench: Bench,
  env: Record<string, string>,
): Promise<BenchRun> {
  const { code, output } = await run(
    'node',
    [
      '--no-node-snapshot',
      '--expose-gc',
      '--disable-warning=ExperimentalWarning',
      ...(bench.native
        ? []
        : ['--require', '@backstage/cli/config/nodeTransform.cjs']),
      join(ROOT, bench.file),
    ],
    {
      quiet: true,
      env,
      cwd: join(ROOT, bench.file.split('/').slice(0, 2).join('/')),
    },
  );
  const results = output
    .split('\n')
    .filter(line => line.startsWith('{') && line.includes('"ratio"'))
    .map(line => JSON.parse(line) as BenchResult);
  return { code, output, results };
}
