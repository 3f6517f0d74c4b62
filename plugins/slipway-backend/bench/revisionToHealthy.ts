import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import {
  createTestRepositories,
  readFolder,
  type TestRepositories,
} from '../src/__testUtils__/testRepositories';
import { Kube } from './live/kube';
import { HEADERS, startPortal, untilAll } from './live/portal';
import { percentile, report, rounded, runBench, tell } from './live/report';
import { benchArgocd, benchClusters, size } from './live/testbed';

/**
 * From the moment that CI hands over a revision until the real Argo CD says Synced and Healthy with it, beside Argo CD
 * alone: the same change of the same file, pushed to a repository of its own, and Argo CD told at once, as its webhook
 * does. The two take turns on one Argo CD and one cluster; the end is read off the Application in the same way.
 */
const SERVICES = 4;
const SAMPLES = size(24, 6);
/** After these the writer waits for nobody; CI of one team rarely hands over two revisions in a row. */
const RESTED_SAMPLES = size(12, 3);
const REST_MS = 9_000;
/** Rounds that warm both sides. */
const WARM = 2;
const LOOK_MS = 20;
const PATIENCE_MS = 120_000;
const ENVIRONMENT = 'staging';
const APPLICATIONS =
  '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

interface Application {
  status?: {
    sync?: { status?: string };
    health?: { status?: string };
    summary?: { images?: string[] };
  };
}

interface Rendered {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

const names = Array.from({ length: SERVICES }, (_, i) => `svc-${i}`);
const imageOf = (service: string) => `registry.example.com/shop/${service}`;

/** Without a pinned revision: what CI tells counts. */
const specOf = (name: string) => `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: ${name}
spec:
  organization: shop
  owner: group:default/payments
  workloads:
    - name: web
      image: { repository: ${imageOf(name)} }
      port: 8080
      resources: { cpu: 50m, memory: 64Mi }
  environments:
    - { name: ${ENVIRONMENT}, class: shared-staging }
`;

let told = 0;
/** A commit that nothing has run yet. */
const nextRevision = () => (++told).toString(16).padStart(40, '0');

/** The same objects under other names, in a repository that nobody but a person with git writes. */
class ArgoAlone {
  static async create(
    repositories: TestRepositories,
    kube: Kube,
    git: { url: string; root: string },
  ): Promise<ArgoAlone> {
    const { root } = repositories;
    const rendered = join(root, 'rendered');
    const bare = join(git.root, 'bare.git');
    const clone = join(root, 'bare');
    await repositories.git(root, 'clone', '-q', repositories.gitops, rendered);
    await repositories.git(root, 'init', '-q', '--bare', '-b', 'main', bare);
    await repositories.git(root, 'clone', '-q', bare, clone);
    const files = await readFolder(rendered);
    const alone = new ArgoAlone(repositories, kube, clone);
    const platform: Rendered[] = [];
    const workload: Record<string, string> = {};
    for (const [path, text] of Object.entries(files)) {
      if (path.startsWith('.git/')) continue;
      const renamed = text
        .replaceAll('shop--', 'bare--')
        .replaceAll(`${git.url}/gitops.git`, `${git.url}/bare.git`);
      if (path.includes('/platform/')) platform.push(parse(renamed));
      if (path.includes('/workload/')) workload[path] = renamed;
    }
    await repositories.commit(bare, workload);
    await repositories.git(clone, 'pull', '-q', 'origin', 'main');
    alone.files = workload;
    for (const object of platform.sort((a, b) => order(a) - order(b)))
      await kube.apply(pathOf(object), object);
    for (const service of names)
      await timed(
        kube,
        `bare--${service}--${ENVIRONMENT}`,
        revisionIn(alone.deploymentOf(service)[1]),
        () => alone.refresh(service),
      );
    return alone;
  }

  private files: Record<string, string> = {};

  private constructor(
    private readonly repositories: TestRepositories,
    private readonly kube: Kube,
    private readonly clone: string,
  ) {}

  /** One commit and push, as a script of CI makes it, and Argo CD told. */
  async push(service: string, revision: string): Promise<void> {
    const [path, text] = this.deploymentOf(service);
    const changed = text.replaceAll(revisionIn(text), revision);
    this.files[path] = changed;
    await writeFile(join(this.clone, path), changed);
    const { git } = this.repositories;
    await git(this.clone, 'commit', '-q', '-a', '-m', `Release ${revision}`);
    await git(this.clone, 'push', '-q', 'origin', 'HEAD:main');
    await this.refresh(service);
  }

  async refresh(service: string): Promise<void> {
    await this.kube.request(
      'PATCH',
      `${APPLICATIONS}/bare--${service}--${ENVIRONMENT}`,
      {
        metadata: {
          annotations: { 'argocd.argoproj.io/refresh': 'normal' },
        },
      },
      'application/merge-patch+json',
    );
  }

  deploymentOf(service: string): [path: string, text: string] {
    const found = Object.entries(this.files).find(
      ([path]) =>
        path.includes(`/${service}/`) && path.includes('/deployment-'),
    );
    if (!found) throw new Error(`Nothing was rendered of ${service}`);
    return found;
  }
}

async function main() {
  const [cluster] = benchClusters();
  const { git } = benchArgocd();
  const kube = new Kube(cluster, 8);
  const repositories = await createTestRepositories();
  await symlink(repositories.gitops, join(git.root, 'gitops.git'));
  await repositories.commit(repositories.platform, {
    'organizations/shop/services': null,
    ...Object.fromEntries(
      names.map(name => [
        `organizations/shop/services/${name}.yaml`,
        specOf(name),
      ]),
    ),
  });
  const { backend, api } = await startPortal({
    repositories,
    clusters: [{ ...cluster, name: 'eu' }],
    slipway: {
      gitops: {
        repository: {
          url: `file://${repositories.gitops}`,
          argocdUrl: `${git.url}/gitops.git`,
        },
      },
    },
  });
  await untilAll(api, 'Provisioned', SERVICES);
  const hand = async (service: string, revision: string) => {
    const answer = await fetch(
      `${api}/slipway/v1alpha1/services/shop/${service}/revisions`,
      {
        method: 'POST',
        headers: { ...HEADERS, 'content-type': 'application/json' },
        body: JSON.stringify({ revision }),
      },
    );
    if (answer.status !== 202)
      throw new Error(`${answer.status} ${await answer.text()}`);
  };
  // An environment without anything in it is healthy, too: what is waited for is the first revision.
  for (const service of names) {
    const first = nextRevision();
    await timed(kube, `shop--${service}--${ENVIRONMENT}`, first, () =>
      hand(service, first),
    );
  }
  tell('ours runs');
  const alone = await ArgoAlone.create(repositories, kube, git);
  tell('the other runs');

  let turn = 0;
  const measure = async (samples: number, restMs: number) => {
    const took = { ours: [] as number[], other: [] as number[] };
    for (let sample = -WARM; sample < samples; sample++) {
      const service = names[turn++ % SERVICES];
      await sleep(restMs);
      const mine = nextRevision();
      const ours = await timed(
        kube,
        `shop--${service}--${ENVIRONMENT}`,
        mine,
        () => hand(service, mine),
      );
      const theirs = nextRevision();
      const other = await timed(
        kube,
        `bare--${service}--${ENVIRONMENT}`,
        theirs,
        () => alone.push(service, theirs),
      );
      tell(`${sample}: ${ours.toFixed(0)} ms, alone ${other.toFixed(0)} ms`);
      if (sample < 0) continue;
      took.ours.push(ours);
      took.other.push(other);
    }
    return took;
  };
  const busy = await measure(SAMPLES, 0);
  const rested = await measure(RESTED_SAMPLES, REST_MS);
  await backend.stop();
  for (const [what, { ours, other }] of [
    ['one after the other', busy],
    [`each after ${REST_MS / 1_000} s without a commit`, rested],
  ] as const) {
    for (const [share, name] of [
      [0.5, 'p50'],
      [0.95, 'p95'],
    ] as const) {
      const [a, b] = [percentile(ours, share), percentile(other, share)];
      report({
        name: `revision to healthy ${name}`,
        what: `${name} of ${ours.length} revisions, ${what}`,
        ours: rounded(a / 1_000),
        other: rounded(b / 1_000),
        ratio: rounded(a / b),
        unit: 's',
        ...(ours === rested.ours &&
          name === 'p95' && {
            note: 'Ours: from the HTTP request of CI, over the check, the plan, the rendering and the commit, to Synced and Healthy. Other: from the commit and push of the rendered file by git, and the annotation that a webhook would set. One after the other, our writer waits a second for more to put into the commit; the first one after a rest goes at once. Pods are played by kwok, so the image costs neither side anything.',
          }),
      });
    }
  }
  await repositories.remove();
}

/** From an act until the Application says that it runs the revision, and nothing else, and is well. */
async function timed(
  kube: Kube,
  application: string,
  revision: string,
  act: () => Promise<void>,
): Promise<number> {
  const began = performance.now();
  await act();
  for (;;) {
    const { status } = await kube.request<Application>(
      'GET',
      `${APPLICATIONS}/${application}`,
    );
    const images = status?.summary?.images ?? [];
    if (
      status?.sync?.status === 'Synced' &&
      status.health?.status === 'Healthy' &&
      images.length > 0 &&
      images.every(image => image.endsWith(revision))
    )
      return performance.now() - began;
    if (performance.now() - began > PATIENCE_MS)
      throw new Error(
        `${application} does not run ${revision}: ${JSON.stringify(status).slice(0, 600)}`,
      );
    await sleep(LOOK_MS);
  }
}

function revisionIn(text: string): string {
  const [, revision] = /image: \S+:([0-9a-f]{40})/.exec(text) ?? [];
  if (!revision) throw new Error(`No image in ${text}`);
  return revision;
}

const ORDER = ['Namespace', '*', 'AppProject', 'Application'];

function order({ kind }: Rendered): number {
  const at = ORDER.indexOf(kind);
  return at < 0 ? ORDER.indexOf('*') : at;
}

/** The paths of the kinds that Slipway applies itself. */
const PLURALS: Record<string, string> = { NetworkPolicy: 'networkpolicies' };

function pathOf({ apiVersion, kind, metadata }: Rendered): string {
  const root = apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
  const plural = PLURALS[kind] ?? `${kind.toLowerCase()}s`;
  const place = metadata.namespace ? `/namespaces/${metadata.namespace}` : '';
  return `${root}${place}/${plural}/${metadata.name}`;
}

runBench(main);
