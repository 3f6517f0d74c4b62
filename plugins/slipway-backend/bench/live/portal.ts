import type { BackendFeature } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import eventsPlugin from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import signalsPlugin from '@backstage/plugin-signals-backend';
import type { AddressInfo } from 'node:net';
import type { TestRepositories } from '../../src/__testUtils__/testRepositories';
import slipwayPlugin from '../../src/index';

/** A cluster as the configuration names it. */
export interface PortalCluster {
  name: string;
  url: string;
  token: string;
  caData?: string;
  /** What Argo CD calls it, where that is not its URL here. */
  destination?: string;
  /** The cluster with its Argo CD, where that is another. */
  hub?: string;
}

/** Any user; everything is allowed. */
export const HEADERS = { authorization: 'Bearer mock-user-token' };

/** The sections of the configuration that Slipway reads. */
export function portalConfig(
  repositories: TestRepositories,
  clusters: PortalCluster[],
  slipway: object = {},
): { kubernetes: object; slipway: object } {
  return {
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: clusters.map(({ name, url, token, caData }) => ({
            name,
            url,
            authProvider: 'serviceAccount',
            serviceAccountToken: token,
            ...(caData && { caData }),
          })),
        },
      ],
    },
    slipway: {
      clusters: clusters.map(({ name, url, destination = url, hub }) => ({
        name,
        region: name,
        argocd: {
          ...(hub && { cluster: hub }),
          destination: { server: destination },
        },
      })),
      platform: {
        repositories: [{ url: `file://${repositories.platform}` }],
        pollSeconds: 1,
      },
      gitops: { repository: { url: `file://${repositories.gitops}` } },
      git: {
        plainBaseUrl: `file://${repositories.code}`,
        cacheDirectory: `${repositories.root}/cache`,
      },
      ...slipway,
    },
  };
}

/** A portal with Slipway, its signals and nothing else, whose users may do everything. */
export async function startPortal(options: {
  repositories: TestRepositories;
  clusters: PortalCluster[];
  /** Merged over the section `slipway`. */
  slipway?: object;
  features?: BackendFeature[];
}): Promise<{ backend: TestBackend; api: string }> {
  const { repositories, clusters, slipway, features = [] } = options;
  const backend = await startTestBackend({
    features: [
      slipwayPlugin,
      eventsPlugin,
      signalsPlugin,
      eventsServiceFactory,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({
        data: portalConfig(repositories, clusters, slipway),
      }),
      ...features,
    ],
  });
  const { port } = backend.server.address() as AddressInfo;
  return { backend, api: `http://localhost:${port}/api` };
}

/** Where a condition of one environment stands. */
interface Listed {
  organization: string;
  service: string;
  name: string;
  conditions: Array<{ type: string; status: string; message?: string }>;
}

/** More than any measurement has; without it the portal hands out the first page. */
const LIMIT = 5_000;

/** All environments, as the portal lists them. */
export async function listEnvironments(api: string): Promise<Listed[]> {
  const answer = await fetch(
    `${api}/slipway/v1alpha1/environments?limit=${LIMIT}`,
    { headers: HEADERS },
  );
  if (!answer.ok)
    throw new Error(`${answer.status} ${(await answer.text()).slice(0, 300)}`);
  return ((await answer.json()) as { items: Listed[] }).items;
}

const PAUSE_MS = 250;
/** Below what one environment takes, so that the last look is never far from the end. */
const PAUSE_EACH_MS = 5;

/** Waits until a condition holds for so many environments. */
export async function untilAll(
  api: string,
  condition: string,
  count: number,
  seconds = 180,
): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    const items = await listEnvironments(api);
    const good = items.filter(({ conditions }) =>
      conditions.some(c => c.type === condition && c.status === 'True'),
    );
    if (good.length >= count) return;
    if (Date.now() > deadline) {
      const waiting = items.find(item => !good.includes(item));
      throw new Error(
        `${condition}: ${good.length} of ${count} after ${seconds} s; for example ${JSON.stringify(waiting)?.slice(0, 1500)}`,
      );
    }
    // A list of a thousand costs the portal as much as some reconciles: rarely while many are missing.
    const pause = Math.max(PAUSE_MS, (count - good.length) * PAUSE_EACH_MS);
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}
