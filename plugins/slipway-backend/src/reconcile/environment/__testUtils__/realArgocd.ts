import type { ConfiguredCluster } from '../../../kubernetes';
import { configure } from './clusters';

/** What `npm run test:cluster` tells of the testbed with the real Argo CD. */
export interface RealArgoCD {
  /** Argo CD runs in the first one and may deploy to all. */
  clusters: Array<{ name: string; url: string; token: string; ca: string }>;
  /** Its processes, by name. */
  argocd: { pids: Record<string, number> };
  /** Whatever is in the folder is served over HTTP. */
  git: { url: string; root: string };
}

/** Undefined where there is none: suites that need it are skipped then. */
export function realArgoCD(env = process.env): RealArgoCD | undefined {
  const given = env.SLIPWAY_TEST_ARGOCD;
  return given ? (JSON.parse(given) as RealArgoCD) : undefined;
}

/** The cluster of Argo CD, called `hub` and known to it by its own URL. */
export function hubOf({ clusters: [hub] }: RealArgoCD): ConfiguredCluster {
  return configure(
    'hub',
    { server: hub.url },
    { ...hub, ca: Buffer.from(hub.ca, 'base64').toString('utf8') },
  );
}
