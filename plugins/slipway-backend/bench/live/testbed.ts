import { readFileSync } from 'node:fs';

/** A real cluster that the command has started for this measurement. */
export interface BenchCluster {
  name: string;
  url: string;
  token: string;
  /** PEM. */
  ca: string;
  caFile: string;
  caData: string;
  /** Process ids by program. */
  pids: Record<string, number>;
}

/** What `npm run bench` hands over of the testbed. */
interface Handed {
  name: string;
  url: string;
  adminToken: string;
  caFile: string;
  caData: string;
  pids: Record<string, number>;
}

/** The clusters of this run, as `npm run bench` says in the environment. */
export function benchClusters(): BenchCluster[] {
  const handed = process.env.SLIPWAY_BENCH_CLUSTERS;
  if (!handed)
    throw new Error(
      'This measurement needs real clusters; run it by "npm run bench".',
    );
  return (JSON.parse(handed) as Handed[]).map(
    ({ name, url, adminToken, caFile, caData, pids }) => ({
      name,
      url,
      token: adminToken,
      ca: readFileSync(caFile, 'utf8'),
      caFile,
      caData,
      pids,
    }),
  );
}

/** Whether it was asked for at a size for slow machines. */
export const SMALL = process.env.SLIPWAY_BENCH_SMALL === '1';

/** A size: as it counts, or when asked for small. */
export function size(whole: number, small: number): number {
  return SMALL ? small : whole;
}

/** Argo CD of the first cluster, and the Git server that it reads. */
export function benchArgocd(): {
  argocd: { url: string; adminPassword: string; pids: Record<string, number> };
  git: { url: string; root: string };
} {
  return {
    argocd: JSON.parse(process.env.SLIPWAY_BENCH_ARGOCD ?? 'null'),
    git: JSON.parse(process.env.SLIPWAY_BENCH_GIT ?? 'null'),
  };
}
