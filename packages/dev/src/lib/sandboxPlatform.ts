import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PortalCluster } from './clusterApi.ts';
import { BASE_CONFIG, type Platform } from './platform.ts';
import { demoSecrets } from './secrets.ts';

/** Ports of the clusters in app-config.yaml. */
const DEFAULT_PORTS: [number, number] = [7017, 7018];

const NAMES = ['sandbox-eu', 'sandbox-us'];
const REGIONS = ['eu', 'us'];

/** The embedded default: two clusters, with stand-ins for what runs in them, in the backend's own process. */
export async function sandboxPlatform(
  state: string,
  ports: [number, number] = DEFAULT_PORTS,
): Promise<Platform> {
  const { sandboxToken, webhooksKey } = await demoSecrets(state);
  const clusters = NAMES.map((name, i): PortalCluster => ({
    name,
    url: `http://127.0.0.1:${ports[i]}`,
    token: sandboxToken,
  }));
  return {
    clusters,
    hub: clusters[0],
    sandbox: true,
    codeUrl: pathToFileURL(join(state, 'repositories', 'code')).href,
    configFiles: [BASE_CONFIG],
    settings: ports === DEFAULT_PORTS ? [] : [elsewhere(clusters, ports)],
    env: {
      SLIPWAY_SANDBOX_TOKEN: sandboxToken,
      SLIPWAY_WEBHOOKS_KEY: webhooksKey,
    },
  };
}

/** Arrays of the configuration can't be set one entry at a time. */
function elsewhere(clusters: PortalCluster[], ports: [number, number]): object {
  return {
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: clusters.map(({ name, url }, i) => ({
            name,
            title: `Sandbox ${REGIONS[i].toUpperCase()} (stand-in)`,
            url,
            authProvider: 'serviceAccount',
            // eslint-disable-next-line no-template-curly-in-string -- resolved by Backstage's config loader
            serviceAccountToken: '${SLIPWAY_SANDBOX_TOKEN}',
            skipMetricsLookup: true,
          })),
        },
      ],
    },
    slipway: {
      clusters: clusters.map(({ name, url }, i) => ({
        name,
        region: REGIONS[i],
        sandbox: true,
        argocd: { namespace: 'argocd', destination: { server: url } },
      })),
      sandbox: {
        clusters: clusters.map(({ name }, i) => ({
          name,
          region: REGIONS[i],
          port: ports[i],
        })),
      },
    },
  };
}
