import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterApi } from './clusterApi.ts';
import type { Portal } from './portal.ts';

/** How long the demo's services may take to get into the cluster, from a bare clone on a slow machine. */
const TIMEOUT_MS = 300_000;
const POLL_MS = 1_000;

/** On everything that only a demo would make. */
const DEMO = { 'slipway.dev/demo': 'true' };

/** Something that has happened in the cluster, so that a newcomer finds more than what goes well. */
interface Scene {
  name: string;
  /** Needs controllers that the sandbox plays. */
  sandboxOnly?: boolean;
  play(
    cluster: ClusterApi,
    hub: ClusterApi,
    where: { codeUrl: string; destination: string },
  ): Promise<void>;
}

/** An Application, its namespace, and the repository that it delivers. */
const HANDMADE = 'billing';

/** Where pipelines of the demo's organization run. */
const CI_NAMESPACE = 'ci-shop';

interface Step {
  name: string;
  image: string;
}

async function runPipeline(
  cluster: ClusterApi,
  run: {
    service: string;
    name: string;
    revision: string;
    steps: Step[];
    annotations?: Record<string, string>;
  },
): Promise<void> {
  await cluster.create('/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: CI_NAMESPACE, annotations: DEMO },
  });
  await cluster.create(
    `/apis/tekton.dev/v1/namespaces/${CI_NAMESPACE}/pipelineruns`,
    {
      apiVersion: 'tekton.dev/v1',
      kind: 'PipelineRun',
      metadata: {
        name: run.name,
        labels: {
          'slipway.dev/organization': 'shop',
          'slipway.dev/service': run.service,
        },
        annotations: {
          ...DEMO,
          'slipway.dev/revision': run.revision,
          'slipway.dev/branch': 'main',
          ...run.annotations,
        },
      },
      spec: {
        pipelineSpec: {
          tasks: run.steps.map(({ name, image }, i) => ({
            name,
            ...(i > 0 && { runAfter: [run.steps[i - 1].name] }),
            taskSpec: { steps: [{ name, image }] },
          })),
        },
      },
    },
  );
}

/** What the failing step's log says. */
const FLAKY_TEST = [
  '> catalogue@1.4.0 test',
  '> node --test',
  '',
  '✔ lists the products of a category (41 ms)',
  '✔ keeps the order of a page (18 ms)',
  '✖ rounds a price to whole cents (5003 ms)',
  "  Error: timeout of 5000 ms exceeded while waiting for 'price-service'",
  '      at Timeout._onTimeout (test/prices.test.js:27:11)',
  '',
  'tests 3, pass 2, fail 1',
].join('\n');

const SCENES: Scene[] = [
  {
    name: 'a pipeline that failed',
    sandboxOnly: true,
    play: cluster =>
      runPipeline(cluster, {
        service: 'catalogue',
        name: 'catalogue-build-1',
        revision: 'c0ffee1',
        steps: [
          { name: 'clone', image: 'registry.example.com/ci/git:2' },
          { name: 'test', image: 'registry.example.com/ci/node:24' },
          { name: 'build', image: 'registry.example.com/ci/buildah:1' },
        ],
        // The sandbox plays it: a flaky test, so that running it again helps.
        annotations: {
          'sandbox.slipway.dev/fails': 'test',
          'sandbox.slipway.dev/fails-once': 'true',
          'sandbox.slipway.dev/fails-with': FLAKY_TEST,
        },
      }),
  },
  {
    name: 'a pipeline that succeeded',
    sandboxOnly: true,
    play: cluster =>
      runPipeline(cluster, {
        service: 'checkout',
        name: 'checkout-build-7',
        revision: '4f2a91c',
        steps: [
          { name: 'clone', image: 'registry.example.com/ci/git:2' },
          { name: 'test', image: 'registry.example.com/ci/node:24' },
          { name: 'build', image: 'registry.example.com/ci/buildah:1' },
        ],
      }),
  },
  {
    name: 'a Deployment that was scaled by hand',
    async play(cluster, hub) {
      const deployment =
        '/apis/apps/v1/namespaces/shop--pricing--lab/deployments/api';
      await until('shop/pricing/lab to be healthy', async () => {
        const { body } = await hub.get<{
          status?: { sync?: { status?: string }; health?: { status?: string } };
        }>(
          '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/shop--pricing--lab',
        );
        const { sync, health } = body.status ?? {};
        return sync?.status === 'Synced' && health?.status === 'Healthy';
      });
      await cluster.edit(deployment, { spec: { replicas: 3 } }, 'kubectl-edit');
    },
  },
  {
    name: 'an Application that was made by hand, and can be adopted',
    async play(cluster, hub, { codeUrl, destination }) {
      await cluster.create('/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: HANDMADE, labels: { team: 'payments' } },
      });
      await hub.create(
        '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications',
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: HANDMADE, namespace: 'argocd' },
          spec: {
            project: 'default',
            source: {
              repoURL: `${codeUrl}/shop/${HANDMADE}.git`,
              path: 'deploy',
              targetRevision: 'main',
            },
            destination: { server: destination, namespace: HANDMADE },
            syncPolicy: { automated: {} },
          },
        },
      );
    },
  },
];

async function until(
  what: string,
  probe: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (!(await probe())) {
    if (Date.now() > deadline)
      throw new Error(`Waited ${TIMEOUT_MS / 1000} s for ${what}`);
    await sleep(POLL_MS);
  }
}

/**
 * Plays each scene once a state folder, whatever becomes of it afterwards: what somebody has put right stays right at
 * the next start. Returns the names of those that were played now.
 */
export async function playScenes(
  portal: Portal,
  state: string,
): Promise<string[]> {
  const folder = join(state, 'scenes');
  await mkdir(folder, { recursive: true });
  const { platform } = portal;
  const cluster = new ClusterApi(platform.clusters[0]);
  const hub = new ClusterApi(platform.hub);
  const played: string[] = [];
  for (const { name, play, sandboxOnly } of SCENES) {
    if (sandboxOnly && !platform.sandbox) continue;
    const marker = join(folder, name.replace(/[^a-z]+/gi, '-'));
    if (existsSync(marker)) continue;
    await play(cluster, hub, {
      codeUrl: platform.codeUrl,
      destination: platform.clusters[0].url,
    });
    await writeFile(marker, '');
    played.push(name);
  }
  return played;
}
