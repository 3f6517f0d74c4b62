import { readFileSync } from 'node:fs';
import {
  startTestbed,
  type Testbed,
  type TestbedCluster,
} from 'slipway-testbed';
import {
  ALICE,
  createSandbox,
  type GitSandbox,
} from '../../git/__testUtils__/sandbox';
import { HttpClusters } from '../../kubernetes';
import {
  configure,
  IN_CLUSTER,
  prepare,
} from '../../reconcile/environment/__testUtils__/clusters';
import { Hand } from '../../reconcile/drift/__testUtils__/Hand';
import { PlayedArgoCD } from '../../reconcile/environment/__testUtils__/argocd';
import {
  platformFiles,
  serviceFile,
} from '../../reconcile/environment/__testUtils__/specs';
import type { RepositoryRef } from '@slipway/plugin-slipway-node';
import { FaultProxy } from './FaultProxy';

const ORGANIZATION = 'shop';

/** Names of the clusters in their order; the first runs Argo CD for all. */
export const CLUSTERS = ['hub', 'eu'];

/** Shorter than usual, so that what takes a minute in life takes seconds in a test. */
export const SHORT_TIMES = {
  heartbeatSeconds: 0.5,
  unreachableSeconds: 2,
  timeoutSeconds: 3,
};

/** Real clusters behind proxies, with real repositories: what a backend stands on. */
export class Ground {
  static async start(options: {
    clusters: number;
    argocdKinds?: boolean;
    applicationSets?: boolean;
  }): Promise<Ground> {
    const testbed = await startTestbed({ clusters: options.clusters });
    const configured = testbed.clusters.map(({ url, adminToken, caData }, i) =>
      configure(CLUSTERS[i], i === 0 ? IN_CLUSTER : { name: CLUSTERS[i] }, {
        url,
        token: adminToken,
        ca: Buffer.from(caData, 'base64').toString('utf8'),
      }),
    );
    if (options.argocdKinds !== false) await prepare(configured, options);
    const git = await createSandbox();
    const platform = await git.repository(
      'platform.git',
      platformFiles(ORGANIZATION),
    );
    const gitops = await git.repository('gitops.git');
    const admin = HttpClusters.create({
      clusters: configured,
      timeoutMs: 5_000,
      breaker: { threshold: 1_000_000 },
    });
    return new Ground(testbed, git, platform, gitops, admin);
  }

  private readonly proxies: FaultProxy[] = [];
  private readonly playing: NodeJS.Timeout[] = [];

  private constructor(
    private readonly testbed: Testbed,
    readonly git: GitSandbox,
    readonly platform: RepositoryRef,
    readonly gitops: RepositoryRef,
    readonly admin: HttpClusters,
  ) {}

  /** Somebody at a terminal of the first cluster. */
  hand(): Hand {
    const [{ url, adminToken, caData }] = this.testbed.clusters;
    const ca = Buffer.from(caData, 'base64').toString('utf8');
    return new Hand(
      configure(CLUSTERS[0], IN_CLUSTER, { url, token: adminToken, ca }),
    );
  }

  cluster(name: string): TestbedCluster {
    return this.testbed.clusters[CLUSTERS.indexOf(name)];
  }

  /** The client port of a cluster's etcd, as its API server was told. */
  etcdUrl(cluster: string): string {
    const pid = this.cluster(cluster).pids.etcd;
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const flag = '--advertise-client-urls=';
    return words.find(word => word.startsWith(flag))!.slice(flag.length);
  }

  logFile(cluster: string, program: string): string {
    const { stateDir } = this.testbed;
    return `${stateDir}/${this.cluster(cluster).name}/logs/${program}.log`;
  }

  /** Makes sure that Argo CD's kinds are there. */
  async installArgoCDKinds(): Promise<void> {
    await prepare(
      this.testbed.clusters.map(({ url, adminToken, caData }, i) =>
        configure(
          CLUSTERS[i],
          {},
          {
            url,
            token: adminToken,
            ca: Buffer.from(caData, 'base64').toString('utf8'),
          },
        ),
      ),
    );
  }

  /** Plays Argo CD for these services, a round a second, until `stop`; one that hangs holds up no other. */
  playArgoCD(...services: string[]): void {
    const argocd = new PlayedArgoCD(
      this.admin,
      this.git.host,
      this.gitops,
      ORGANIZATION,
      () => new Date(),
    );
    for (const service of services) {
      let busy = false;
      const timer = setInterval(() => {
        if (busy) return;
        busy = true;
        // Where a cluster is away, it is away for Argo CD, too.
        void argocd
          .round(service)
          .catch(() => {})
          .finally(() => {
            busy = false;
          });
      }, 1_000);
      this.playing.push(timer);
    }
  }

  /** Proxies of one backend to all clusters. */
  async connect(): Promise<FaultProxy[]> {
    const proxies = await Promise.all(
      this.testbed.clusters.map(({ url, caData }) =>
        FaultProxy.start({
          url,
          ca: Buffer.from(caData, 'base64').toString('utf8'),
        }),
      ),
    );
    this.proxies.push(...proxies);
    return proxies;
  }

  /** The configuration of a backend behind these proxies. */
  config(proxies: FaultProxy[]) {
    return {
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: proxies.map(({ url }, i) => ({
              name: CLUSTERS[i],
              url,
              authProvider: 'serviceAccount',
              serviceAccountToken: this.testbed.clusters[i].adminToken,
            })),
          },
        ],
      },
      slipway: {
        clusters: proxies.map((_, i) => ({
          name: CLUSTERS[i],
          region: CLUSTERS[i],
          argocd: {
            cluster: CLUSTERS[0],
            destination: i === 0 ? IN_CLUSTER : { name: CLUSTERS[i] },
          },
        })),
        platform: {
          repositories: [{ url: `file://${this.platform.url}` }],
          pollSeconds: 1,
          holdDeletionCount: 1_000_000,
        },
        gitops: { repository: { url: `file://${this.gitops.url}` } },
        git: { cacheDirectory: `${this.git.root}/cache` },
        queue: { pollMs: 100, maxBackoffMs: 2_000 },
        watch: SHORT_TIMES,
        notifications: { enabled: false },
      },
    };
  }

  /** Declares services of one environment `prod` each; `null` takes one back. */
  async declare(
    services: Record<
      string,
      { cluster: string; replicas?: number; database?: boolean } | null
    >,
  ): Promise<void> {
    await this.git.host.commit({
      repository: this.platform,
      files: Object.entries(services).map(([name, service]) => ({
        path: `organizations/${ORGANIZATION}/services/${name}.yaml`,
        content:
          service &&
          serviceFile(ORGANIZATION, name, {
            database: service.database ?? false,
            replicas: service.replicas,
            environments: [
              { name: 'prod', class: 'open', cluster: service.cluster },
            ],
          }),
      })),
      message: 'Change what is declared',
      gitAuthor: ALICE,
      trailers: {},
    });
  }

  async stop(): Promise<void> {
    this.playing.forEach(timer => clearInterval(timer));
    this.admin.close();
    await Promise.all(this.proxies.map(proxy => proxy.stop()));
    await this.git.remove();
    await this.testbed.stop();
  }
}
