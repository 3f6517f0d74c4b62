import type {
  ApiEnvironment,
  ApiEnvironmentDetails,
} from '@slipway/plugin-slipway-common';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RepositoryRef } from '@slipway/plugin-slipway-node';
import {
  startTestPortal,
  type TestPortal,
} from '../../__testUtils__/testPortal';
import type { SlipwayTestDatabases } from '../../database/__testUtils__/databases';
import { PlainGitHost } from '../../git';
import { MemoryChangeStore } from '../../git/__testUtils__/MemoryChangeStore';
import { ALICE, filesOf } from '../../git/__testUtils__/sandbox';
import { HttpClusters } from '../../kubernetes';
import type { ClusterClient } from '../../ports/Clusters';
import { IN_CLUSTER } from '../../reconcile/environment/__testUtils__/clusters';
import {
  hubOf,
  type RealArgoCD,
} from '../../reconcile/environment/__testUtils__/realArgocd';
import {
  platformFiles,
  serviceFile,
} from '../../reconcile/environment/__testUtils__/specs';
import { SHORT_TIMES } from './Ground';
import { until } from './processes';

/** A condition as the API tells it. */
type Spoken = ApiEnvironmentDetails['conditions'][number];
type Type = ApiEnvironment['conditions'][number]['type'];

const run = promisify(execFile);

/** The testbed's compares every ten seconds. */
const REFRESH_SECONDS = 10;

/** A portal of this process and the real Argo CD, which deliver the service `web` together. */
export class PortalWithArgoCD {
  static async start(options: {
    given: RealArgoCD;
    databases: SlipwayTestDatabases;
    /** Of the organization, which is this test's own. */
    name: string;
    /** Where the GitOps repository is served to Slipway, which else reads the folder, and to Argo CD. */
    serve?: (name: string) => { slipway: string; argocd: string };
  }): Promise<PortalWithArgoCD> {
    const { given, databases, name, serve } = options;
    const organization = `${name}${process.pid}`;
    const { url, root } = given.git;
    const own = (what: string) => `${organization}-${what}.git`;
    const repository = (what: string): RepositoryRef => ({
      url: `${root}/${own(what)}`,
      branch: 'main',
    });
    const urls = serve?.(own('gitops')) ?? {
      slipway: `file://${repository('gitops').url}`,
      argocd: `${url}/${own('gitops')}`,
    };
    const host = await PlainGitHost.create({
      changes: new MemoryChangeStore(),
      cacheDir: `${root}/${organization}-cache`,
      localRoots: [root],
    });
    const begin = (what: string, files: Record<string, string>) =>
      host.ensureRepository({
        repository: repository(what),
        files: filesOf(files),
        message: 'Begin',
        gitAuthor: ALICE,
      });
    await begin('platform', platformFiles(organization));
    await begin('gitops', { 'README.md': '# What was rendered\n' });
    const [hub] = given.clusters;
    const portal = await startTestPortal({
      db: await databases.empty('SQLITE_3'),
      repositories: { root } as never,
      config: {
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'hub',
                  url: hub.url,
                  caData: hub.ca,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: hub.token,
                },
              ],
            },
          ],
        },
      },
      slipway: {
        clusters: [
          {
            name: 'hub',
            region: 'hub',
            argocd: {
              destination: IN_CLUSTER,
              refreshSeconds: REFRESH_SECONDS,
            },
          },
        ],
        platform: {
          repositories: [{ url: `file://${repository('platform').url}` }],
          pollSeconds: 1,
          holdDeletionCount: 1_000_000,
        },
        gitops: {
          repository: { url: urls.slipway, argocdUrl: urls.argocd },
        },
        git: { cacheDirectory: `${root}/${organization}-portal` },
        watch: SHORT_TIMES,
        notifications: { enabled: false },
      },
    });
    const admin = HttpClusters.create({ clusters: [hubOf(given)] });
    return new PortalWithArgoCD(
      organization,
      repository('platform'),
      repository('gitops'),
      admin,
      portal,
      host,
    );
  }

  /** The cluster as somebody else sees it. */
  readonly hub: ClusterClient;

  private constructor(
    readonly organization: string,
    private readonly platform: RepositoryRef,
    private readonly gitops: RepositoryRef,
    private readonly admin: HttpClusters,
    private readonly portal: TestPortal,
    private readonly host: PlainGitHost,
  ) {
    this.hub = admin.client('hub');
  }

  /** Wants so many replicas of `web`; none takes it back. */
  async declare(replicas: number | undefined): Promise<void> {
    await this.host.commit({
      repository: this.platform,
      files: [
        {
          path: `organizations/${this.organization}/services/web.yaml`,
          content:
            replicas === undefined
              ? null
              : serviceFile(this.organization, 'web', {
                  database: false,
                  replicas,
                  environments: [
                    { name: 'prod', class: 'open', cluster: 'hub' },
                  ],
                }),
        },
      ],
      message: `Want ${replicas}`,
      gitAuthor: ALICE,
      trailers: {},
    });
  }

  async card(): Promise<Partial<ApiEnvironmentDetails>> {
    const { body } = await this.portal
      .as('priya')
      .get(`/environments/${this.organization}/web/prod`);
    return body;
  }

  async condition(type: Type): Promise<Spoken | undefined> {
    return (await this.card()).conditions?.find(c => c.type === type);
  }

  /** Waits until a condition is so, and says what it was when it never is. */
  async says(
    type: Type,
    holds: (condition: Spoken) => boolean,
    seconds = 90,
  ): Promise<Spoken> {
    return until(
      async () => {
        const said = await this.condition(type);
        return said && holds(said) && said;
      },
      { seconds, what: `${type}: ${holds}`, everyMs: 200 },
    ).catch(async error => {
      const { conditions } = await this.card();
      throw new Error(
        `${error.message}\n${JSON.stringify(conditions, undefined, 1)}`,
      );
    });
  }

  synced(seconds?: number): Promise<Spoken> {
    return this.says('Synced', ({ status }) => status === 'True', seconds);
  }

  /** The Deployment that Argo CD has applied. */
  async deployment(): Promise<{ uid?: string; replicas?: number }> {
    const found = await this.hub.get({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'web',
      namespace: `${this.organization}--web--prod`,
    });
    return {
      uid: found?.metadata.uid,
      replicas: (found?.spec as { replicas?: number } | undefined)?.replicas,
    };
  }

  /** Runs Git in the GitOps repository itself, behind everybody's back. */
  async git(...args: string[]): Promise<string> {
    const { stdout } = await run('git', ['-C', this.gitops.url, ...args]);
    return stdout.trim();
  }

  /** So many replicas are in the cluster, and the card calls it synced. */
  async delivered(replicas: number, seconds = 90): Promise<void> {
    await until(async () => (await this.deployment()).replicas === replicas, {
      seconds,
      what: `${replicas} replicas are delivered`,
      everyMs: 200,
    }).catch(async error => {
      const { conditions } = await this.card();
      throw new Error(
        `${error.message}\n${JSON.stringify(conditions, undefined, 1)}`,
      );
    });
    await this.synced(seconds);
  }

  /** Takes away what was made, by Slipway and Argo CD, and ends. */
  async stop(): Promise<void> {
    try {
      await this.declare(undefined);
      await until(
        async () => [undefined, 'deleted'].includes((await this.card()).phase),
        { seconds: 90, what: 'it takes away what it made' },
      );
    } finally {
      await this.portal.stop();
      this.admin.close();
      this.host.close();
    }
  }
}
