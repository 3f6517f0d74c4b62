import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ClusterApi } from '../../lib/clusterApi.ts';
import { ROOT } from '../../lib/paths.ts';
import { run } from '../../lib/run.ts';

const APPLICATIONS =
  '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

/** Environments of each service. */
export const ENVIRONMENTS = ['staging', 'test'];

/** Requests at once. */
const AT_ONCE = 16;

/** Works on all items, so many at once. */
export async function pooled<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < items.length) {
        const index = next++;
        await work(items[index], index);
      }
    }),
  );
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Bench',
  GIT_AUTHOR_EMAIL: 'bench@example.com',
  GIT_COMMITTER_NAME: 'Bench',
  GIT_COMMITTER_EMAIL: 'bench@example.com',
};

async function git(cwd: string, ...args: string[]): Promise<void> {
  const { code, output } = await run('git', args, {
    cwd,
    quiet: true,
    env: IDENTITY,
  });
  if (code !== 0) throw new Error(`git ${args[0]}: ${output}`);
}

/** The repositories of a portal whose platform declares so many services. */
export async function seedFleet(
  state: string,
  services: number,
): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'slipway-fleet-'));
  const repositories = join(state, 'repositories');
  await mkdir(repositories, { recursive: true });
  await git(work, 'init', '-q', '-b', 'main');
  await git(work, 'commit', '-q', '--allow-empty', '-m', 'Start');
  await git(repositories, 'clone', '-q', '--bare', work, 'gitops.git');
  await cp(join(ROOT, 'docs', 'examples', 'platform'), work, {
    recursive: true,
  });
  const organization = 'organizations/shop';
  await mkdir(join(work, organization, 'services'), { recursive: true });
  await cp(
    join(ROOT, 'packages/dev/demo/platform', organization, 'organization.yaml'),
    join(work, organization, 'organization.yaml'),
  );
  for (let i = 0; i < services; i++)
    await writeFile(
      join(work, organization, 'services', `fleet-${i}.yaml`),
      serviceFile(`fleet-${i}`),
    );
  await git(work, 'add', '-A');
  await git(work, 'commit', '-q', '-m', 'Declare the fleet');
  await git(repositories, 'clone', '-q', '--bare', work, 'platform.git');
  await rm(work, { recursive: true });
}

function serviceFile(name: string): string {
  return `apiVersion: slipway.dev/v1alpha1
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
${ENVIRONMENTS.map(environment => `    - name: ${environment}\n      class: shared-staging\n`).join('')}`;
}

interface Template {
  metadata: { labels: Record<string, string> };
  spec: object;
}

/** A Pod of each environment, as its Deployment would have it; kwok lets it run. */
export async function makePods(
  cluster: ClusterApi,
  state: string,
): Promise<number> {
  const folder = join(state, 'rendered');
  await git(state, 'clone', '-q', 'repositories/gitops.git', folder);
  const files = (await readdir(folder, { recursive: true })).filter(file =>
    /\/workload\/.*\.yaml$/.test(file),
  );
  let pods = 0;
  await pooled(files, async file => {
    const object = parse(await readFile(join(folder, file), 'utf8')) as {
      kind: string;
      metadata: { name: string; namespace: string };
      spec: { template: Template };
    };
    if (object.kind !== 'Deployment') return;
    const { template } = object.spec;
    const { namespace, name } = object.metadata;
    await cluster.create(`/api/v1/namespaces/${namespace}/pods`, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${name}-1`,
        namespace,
        labels: template.metadata.labels,
      },
      spec: template.spec,
    });
    pods++;
  });
  return pods;
}

/** Applications beside those of the environments: of services that other portals declare. */
export async function makeApplications(
  cluster: ClusterApi,
  count: number,
  server: string,
): Promise<void> {
  const numbers = Array.from({ length: count }, (_, i) => i);
  await pooled(numbers, async i => {
    const service = `other-${i}`;
    const name = `shop--${service}--production`;
    const source = {
      repoURL: 'https://git.example.com/platform/gitops.git',
      path: `clusters/eu/shop/${service}/production/workload`,
      targetRevision: 'refs/heads/main',
    };
    const resources = Array.from({ length: 10 }, (_, n) => ({
      group: n % 2 ? 'apps' : '',
      version: 'v1',
      kind: n % 2 ? 'Deployment' : 'Service',
      namespace: name,
      name: `workload-${n}`,
      status: 'Synced',
      health: { status: 'Healthy' },
    }));
    await cluster.create(APPLICATIONS, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name,
        namespace: 'argocd',
        labels: {
          'app.kubernetes.io/managed-by': 'slipway',
          'slipway.dev/organization': 'shop',
          'slipway.dev/service': service,
          'slipway.dev/environment': 'production',
        },
      },
      spec: {
        project: name,
        destination: { server, namespace: name },
        source,
      },
      status: {
        sync: {
          status: 'Synced',
          revision: 'a'.repeat(40),
          comparedTo: { source, destination: {} },
        },
        health: { status: 'Healthy' },
        reconciledAt: new Date().toISOString(),
        resources,
        history: Array.from({ length: 10 }, (_, id) => ({
          id,
          revision: `${id}`.repeat(40),
          deployedAt: '2026-01-01T00:00:00Z',
          deployStartedAt: '2026-01-01T00:00:00Z',
          source,
        })),
      },
    });
  });
}

/** Says of an environment's Application that it is synced, with its health and why, as Argo CD would. */
export function tellHealth(
  cluster: ClusterApi,
  environment: { service: string; name: string; commit?: string },
  health: string,
  message?: string,
): Promise<void> {
  const { service, name, commit = 'a'.repeat(40) } = environment;
  const comparedTo = {
    source: { repoURL: 'https://git.example.com/gitops.git' },
    destination: {},
  };
  return cluster.edit(
    `${APPLICATIONS}/shop--${service}--${name}`,
    {
      status: {
        sync: { status: 'Synced', revision: commit, comparedTo },
        health: { status: health, ...(message && { message }) },
        reconciledAt: new Date().toISOString(),
      },
    },
    'argocd-application-controller',
  );
}
