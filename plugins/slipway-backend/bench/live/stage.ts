import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import eventsPlugin from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import signalsPlugin from '@backstage/plugin-signals-backend';
import { type ChildProcess, fork } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import slipwayPlugin from '../../src/index';
import { createTestRepositories } from '../../src/__testUtils__/testRepositories';

/** A portal with services that are healthy on a cluster of another process. */
export interface Stage {
  /** Base of the portal's APIs. */
  api: string;
  /** Paths of environments, `<org>/<service>/<name>`. */
  environments: string[];
  /** Makes a Service of the environment in the cluster, as something that changed there. */
  change(environment: string, name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Any user; everything is allowed. */
export const HEADERS = { authorization: 'Bearer mock-user-token' };

const service = (name: string) => `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: ${name}
spec:
  organization: shop
  owner: group:default/payments
  workloads:
    - name: web
      image:
        repository: registry.example.com/shop/${name}
        revision: v1
      port: 8080
      resources:
        cpu: 50m
        memory: 64Mi
  environments:
    - name: staging
      class: shared-staging
`;

/** Starts it with so many services of one environment each. */
export async function startStage(services: number): Promise<Stage> {
  const repositories = await createTestRepositories();
  const names = Array.from({ length: services }, (_, i) => `bench-${i}`);
  await repositories.commit(
    repositories.platform,
    Object.fromEntries(
      names.map(name => [
        `organizations/shop/services/${name}.yaml`,
        service(name),
      ]),
    ),
  );
  const [sandbox, cluster] = await startSandboxProcess();
  const backend = await startTestBackend({
    features: [
      slipwayPlugin,
      eventsPlugin,
      signalsPlugin,
      eventsServiceFactory,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({ data: config(repositories, cluster) }),
    ],
  });
  const api = apiOf(backend);
  const environments = names.map(name => `shop/${name}/staging`);
  await healthy(api, environments);
  return {
    api,
    environments,
    change: (environment, name) => change(cluster, environment, name),
    async stop() {
      await backend.stop();
      sandbox.disconnect();
      await repositories.remove();
    },
  };
}

interface ClusterAccess {
  url: string;
  token: string;
}

function startSandboxProcess(): Promise<[ChildProcess, ClusterAccess]> {
  const child = fork(join(__dirname, 'sandboxProcess.ts'), {
    execArgv: process.execArgv,
  });
  return new Promise((resolve, reject) => {
    // The transform of the code has messages of its own.
    child.on('message', (message: Partial<ClusterAccess>) => {
      if (message.url) resolve([child, message as ClusterAccess]);
    });
    child.once('exit', code => reject(new Error(`The sandbox ended: ${code}`)));
  });
}

function config(
  repositories: Awaited<ReturnType<typeof createTestRepositories>>,
  { url, token }: ClusterAccess,
) {
  return {
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'eu',
              url,
              authProvider: 'serviceAccount',
              serviceAccountToken: token,
            },
          ],
        },
      ],
    },
    slipway: {
      clusters: [
        { name: 'eu', region: 'eu', argocd: { destination: { server: url } } },
      ],
      platform: {
        repositories: [{ url: `file://${repositories.platform}` }],
      },
      gitops: { repository: { url: `file://${repositories.gitops}` } },
      git: {
        plainBaseUrl: `file://${repositories.code}`,
        cacheDirectory: `${repositories.root}/cache`,
      },
    },
  };
}

function apiOf(backend: TestBackend): string {
  const { port } = backend.server.address() as AddressInfo;
  return `http://localhost:${port}/api`;
}

async function healthy(api: string, environments: string[]): Promise<void> {
  const deadline = Date.now() + 180_000;
  for (;;) {
    const answer = await fetch(`${api}/slipway/v1alpha1/environments`, {
      headers: HEADERS,
    });
    const { items } = (await answer.json()) as {
      items: Array<{
        organization: string;
        service: string;
        name: string;
        conditions: Array<{ type: string; status: string }>;
      }>;
    };
    const good = items
      .filter(({ conditions }) =>
        conditions.some(c => c.type === 'Healthy' && c.status === 'True'),
      )
      .map(e => `${e.organization}/${e.service}/${e.name}`);
    if (environments.every(environment => good.includes(environment))) return;
    if (Date.now() > deadline)
      throw new Error(`Only ${good.length} environments became healthy`);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

async function change(
  { url, token }: ClusterAccess,
  environment: string,
  name: string,
): Promise<void> {
  const [organization, of, stage] = environment.split('/');
  // Outside of the environment's own namespace, whose quota is soon used up.
  const answer = await fetch(`${url}/api/v1/namespaces/default/services`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: `${of}-${name}`,
        labels: {
          'slipway.dev/organization': organization,
          'slipway.dev/service': of,
          'slipway.dev/environment': stage,
        },
      },
      spec: { ports: [{ port: 80 }] },
    }),
  });
  if (!answer.ok)
    throw new Error(`${answer.status} ${(await answer.text()).slice(0, 300)}`);
}
