import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestRepositories } from '../../src/__testUtils__/testRepositories';
import { Kube } from '../live/kube';
import { portalConfig } from '../live/portal';
import { type BenchCluster, benchArgocd } from '../live/testbed';
import { SERVICE } from './cards';
import { type CountingProxy, startCounting } from './counting';

/** What all portals ask, each by way of something that counts. */
export interface World {
  proxies: CountingProxy[];
  /** Declares the service in an environment of each of the first so many clusters. */
  declare(clusters: number): Promise<void>;
  slipwayConfig(clusters: number): object;
  argocdConfig(): object;
  kubernetesConfig(clusters: number): object;
  close(): void;
}

/** Pipeline runs of the service on each cluster, each of two tasks. */
const RUNS = 5;

export async function createWorld(
  clusters: BenchCluster[],
  repositories: TestRepositories,
): Promise<World> {
  const { argocd, git } = benchArgocd();
  await symlink(repositories.gitops, join(git.root, 'gitops.git'));
  for (const cluster of clusters) await makeRuns(cluster);
  const token = await argocdToken(argocd);
  const apis = await Promise.all(
    clusters.map(({ url, ca }) => startCounting(url, ca)),
  );
  const argocdProxy = await startCounting(argocd.url);
  const counted = (count: number) =>
    clusters.slice(0, count).map((cluster, i) => ({
      name: cluster.name,
      url: apis[i].url,
      token: cluster.token,
      destination: cluster.url,
      hub: clusters[0].name,
    }));
  return {
    proxies: [...apis, argocdProxy],
    declare: count =>
      repositories.commit(repositories.platform, {
        'organizations/shop/services': null,
        [`organizations/shop/services/${SERVICE.service}.yaml`]: serviceOn(
          clusters.slice(0, count),
        ),
      }),
    slipwayConfig: count =>
      portalConfig(repositories, counted(count), {
        gitops: {
          repository: {
            url: `file://${repositories.gitops}`,
            argocdUrl: `${git.url}/gitops.git`,
          },
        },
      }),
    argocdConfig: () => ({
      argocd: {
        username: 'admin',
        password: argocd.adminPassword,
        appLocatorMethods: [
          {
            type: 'config',
            // With a token, as both recommend: without one they sign in again at every call.
            instances: [{ name: 'argocd', url: argocdProxy.url, token }],
          },
        ],
      },
    }),
    kubernetesConfig: count => ({
      kubernetes: {
        serviceLocatorMethod: { type: 'multiTenant' },
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: counted(count).map(({ name, url, token: bearer }) => ({
              name,
              url,
              authProvider: 'serviceAccount',
              serviceAccountToken: bearer,
              skipMetricsLookup: true,
            })),
          },
        ],
        customResources: ['pipelineruns', 'taskruns'].map(plural => ({
          group: 'tekton.dev',
          apiVersion: 'v1',
          plural,
        })),
      },
    }),
    close() {
      for (const proxy of [...apis, argocdProxy]) proxy.close();
    },
  };
}

function serviceOn(clusters: BenchCluster[]): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: ${SERVICE.service}
spec:
  organization: ${SERVICE.organization}
  owner: group:default/payments
  workloads:
    - name: web
      image:
        repository: registry.example.com/shop/web
        revision: v1
      port: 8080
      resources:
        cpu: 50m
        memory: 64Mi
  environments:
${clusters.map(({ name }, i) => `    - name: staging${i + 1}\n      class: shared-staging\n      cluster: ${name}\n`).join('')}`;
}

async function argocdToken(argocd: {
  url: string;
  adminPassword: string;
}): Promise<string> {
  const answer = await fetch(`${argocd.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      username: 'admin',
      password: argocd.adminPassword,
    }),
  });
  const { token } = (await answer.json()) as { token?: string };
  if (!token) throw new Error(`Argo CD gave no token: ${answer.status}`);
  return token;
}

/** Runs that have ended, as Tekton leaves them. */
async function makeRuns(cluster: BenchCluster): Promise<void> {
  const kube = new Kube(cluster, 4);
  const namespace = `org-${SERVICE.organization}`;
  await kube.apply(`/api/v1/namespaces/${namespace}`, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  const labels = {
    'slipway.dev/organization': SERVICE.organization,
    'slipway.dev/service': SERVICE.service,
    'backstage.io/kubernetes-id': SERVICE.service,
  };
  const status = {
    startTime: '2026-01-01T00:00:00Z',
    completionTime: '2026-01-01T00:02:00Z',
    conditions: [
      {
        type: 'Succeeded',
        status: 'True',
        reason: 'Succeeded',
        message: 'Tasks Completed: 2 (Failed: 0, Cancelled 0), Skipped: 0',
        lastTransitionTime: '2026-01-01T00:02:00Z',
      },
    ],
  };
  const make = async (
    plural: string,
    object: { metadata: { name: string } },
  ) => {
    const path = `/apis/tekton.dev/v1/namespaces/${namespace}/${plural}`;
    await kube.request('POST', path, object);
    await kube.request(
      'PATCH',
      `${path}/${object.metadata.name}/status`,
      {
        status: {
          ...status,
          ...(plural === 'taskruns' && {
            podName: `${object.metadata.name}-pod`,
          }),
        },
      },
      'application/merge-patch+json',
    );
  };
  const step = { name: 'run', image: 'example.com/builder', command: ['make'] };
  for (let run = 0; run < RUNS; run++) {
    const name = `web-${run}`;
    await make('pipelineruns', {
      apiVersion: 'tekton.dev/v1',
      kind: 'PipelineRun',
      metadata: { name, labels: { ...labels, 'tekton.dev/pipeline': 'build' } },
      spec: { pipelineRef: { name: 'build' } },
    } as { metadata: { name: string } });
    for (const task of ['build', 'test'])
      await make('taskruns', {
        apiVersion: 'tekton.dev/v1',
        kind: 'TaskRun',
        metadata: {
          name: `${name}-${task}`,
          labels: {
            ...labels,
            'tekton.dev/pipelineRun': name,
            'tekton.dev/pipelineTask': task,
          },
        },
        spec: { taskSpec: { steps: [step] } },
      } as { metadata: { name: string } });
  }
  kube.close();
}
