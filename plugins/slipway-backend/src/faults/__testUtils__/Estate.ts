import { stringify } from 'yaml';
import type { Knex } from 'knex';
import { createStores, type Stores } from '../../database/createStores';
import type { DeliveryStage } from '../../domain/platform/deliveryStage';
import { PlainGitHost } from '../../git';
import { ALICE, filesOf } from '../../git/__testUtils__/sandbox';
import { ARGOCD_MANAGER } from '../../domain/drift';
import type { HttpClusters } from '../../kubernetes';
import type {
  ClusterClient,
  Clusters,
  KubernetesObject,
} from '../../ports/Clusters';
import { playApplicationSets } from '../../reconcile/environment/__testUtils__/applicationSets';
import { PlayedArgoCD } from '../../reconcile/environment/__testUtils__/argocd';
import {
  Handmade,
  SERVICE,
} from '../../reconcile/environment/__testUtils__/handmade';
import {
  serviceFile,
  type ServiceOptions,
} from '../../reconcile/environment/__testUtils__/specs';
import type { World } from '../../reconcile/environment/__testUtils__/world';
import { StoredPlatformStates } from '../../services/StoredPlatformStates';
import type { FaultProxy } from './FaultProxy';
import type { Ground } from './Ground';

const ORGANIZATION = 'shop';
const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };

/** Where a service is declared. */
export const pathOf = (service: string) =>
  `organizations/${ORGANIZATION}/services/${service}.yaml`;

/** What is declared and done from outside, by hands that no fault strikes, and what is seen there. */
export class Estate {
  static async create(ground: Ground, db: Knex): Promise<Estate> {
    const stores = createStores({ db });
    const platform = fileRef(ground.platform);
    const host = await PlainGitHost.create({
      changes: stores.changes,
      cacheDir: `${ground.git.root}/hands`,
      localRoots: [ground.git.root],
    });
    await host.commit({
      repository: platform,
      files: [
        {
          path: 'classes/automatic.yaml',
          content: stringify({
            apiVersion: 'slipway.dev/v1alpha1',
            kind: 'EnvironmentClass',
            metadata: { name: 'automatic' },
            spec: {
              description: 'Promotes by itself.',
              quota: 'wide',
              cost: { base: { cents: 1, currency: 'USD' } },
              promotion: { automatic: { after: '1s' } },
            },
          }),
        },
      ],
      message: 'Add a class',
      gitAuthor: ALICE,
      trailers: {},
    });
    return new Estate(ground, stores, host);
  }

  /** Services that Argo CD leaves alone until somebody asks it to sync. */
  private readonly unwatched = new Set<string>();
  private rounds: Promise<void> | undefined;
  private readonly argocd: PlayedArgoCD;
  private playing: NodeJS.Timeout | undefined;

  private constructor(
    readonly ground: Ground,
    readonly stores: Stores,
    readonly host: PlainGitHost,
  ) {
    this.argocd = new PlayedArgoCD(
      asArgoCD(ground.admin),
      ground.git.host,
      ground.gitops,
      ORGANIZATION,
      () => new Date(),
    );
  }

  get platform() {
    return fileRef(this.ground.platform);
  }

  get gitops() {
    return fileRef(this.ground.gitops);
  }

  get hub() {
    return this.ground.admin.client('hub');
  }

  /** What a backend here is configured with. */
  config(
    proxies: FaultProxy[],
    {
      stage,
      applicationSet,
      notifications = true,
    }: {
      stage?: DeliveryStage;
      applicationSet?: boolean;
      notifications?: boolean;
    } = {},
  ) {
    const { slipway, kubernetes } = this.ground.config(proxies);
    const { gitops, clusters } = slipway;
    return {
      kubernetes,
      slipway: {
        ...slipway,
        gitops: { ...gitops, ...(stage && { delivery: { stage } }) },
        clusters: clusters.map(({ argocd, ...cluster }) => ({
          ...cluster,
          argocd: { ...argocd, ...(applicationSet && { applicationSet }) },
        })),
        git: {
          ...slipway.git,
          plainBaseUrl: `file://${this.ground.git.root}/code`,
        },
        // What is exported is pushed, so it needs a delivery that goes all the way.
        policies: { export: stage === undefined },
        notifications: { enabled: notifications, delaySeconds: 0 },
        queue: {
          pollMs: 50,
          leaseSeconds: 1,
          backoffMs: 50,
          maxBackoffMs: 500,
          // Each life that ends counts as an attempt.
          maxAttempts: 1_000,
        },
      },
    };
  }

  /** Services by name; `null` takes one back. */
  async declare(
    services: Record<string, ServiceOptions | null>,
  ): Promise<void> {
    await this.commit(
      Object.fromEntries(
        Object.entries(services).map(([name, options]) => [
          pathOf(name),
          options && serviceFile(ORGANIZATION, name, options),
        ]),
      ),
    );
  }

  async commit(files: Record<string, string | null>): Promise<void> {
    await this.host.commit({
      repository: this.platform,
      files: filesOf(files),
      message: 'Change what is declared',
      gitAuthor: ALICE,
      trailers: {},
    });
  }

  /** Brings what a delivery has left on its branch to where Argo CD reads, as a person does. */
  async bringOn(service: string): Promise<void> {
    const { host, gitops } = this;
    const name = `${ORGANIZATION}/${service}/prod`;
    const prefixes = [`clusters/hub/${name}/`];
    const filesAt = async (branch: string) => {
      const repository = { url: gitops.url, branch };
      const commit = (await host.head(repository))!;
      return host.readFiles(repository, { commit, prefixes });
    };
    const wanted = await filesAt(`slipway/deliver/${name}`);
    const keeps = new Set(wanted.map(({ path }) => path));
    const old = (await filesAt(gitops.branch)).filter(
      ({ path }) => !keeps.has(path),
    );
    await host.commit({
      repository: gitops,
      files: [
        ...wanted.map(({ path, content }) => ({ path, content })),
        ...old.map(({ path }) => ({ path, content: null })),
      ],
      message: `Bring ${name} on`,
      gitAuthor: ALICE,
      trailers: {},
    });
  }

  /** Whether the station of an environment is passed. */
  async is(key: string, type: string, reason?: string): Promise<boolean> {
    const record = await this.stores.environments.get(`${ORGANIZATION}/${key}`);
    const found = record?.conditions.find(one => one.type === type);
    return reason === undefined
      ? found?.status === 'True'
      : found?.reason === reason;
  }

  async phase(key: string): Promise<string | undefined> {
    const record = await this.stores.environments.get(`${ORGANIZATION}/${key}`);
    return record?.phase;
  }

  /** Synced, with what Git says now. */
  async runs(key: string, replicas = 1): Promise<boolean> {
    const [service, environment] = key.split('/');
    const found = await this.hub.get({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'web',
      namespace: `${ORGANIZATION}--${service}--${environment}`,
    });
    const spec = found?.spec as { replicas?: number } | undefined;
    return spec?.replicas === replicas && this.is(key, 'Synced');
  }

  /** A namespace that a team has made for itself, given to Slipway. */
  handmade(namespace: string): Handmade {
    const { stores, ground } = this;
    // As much of a world as somebody has who knows clusters and Git.
    const world = {
      clusters: ground.admin,
      hands: ground.admin,
      stores,
      organization: ORGANIZATION,
      target: { repoURL: this.gitops.url, branch: 'main' },
      states: () =>
        new StoredPlatformStates(
          stores.sources,
          stores.resources,
          this.host,
          this.platform,
        ),
      declare: (files: Record<string, string>) =>
        this.commit(
          Object.fromEntries(
            Object.entries(files).map(([, content]) => [
              pathOf(namespace),
              content.replaceAll(`name: ${SERVICE}\n`, `name: ${namespace}\n`),
            ]),
          ),
        ),
    };
    return new Handmade(world as unknown as World, namespace);
  }

  /** Plays Argo CD: looks at what has to be looked at, and at nothing else. */
  play(): void {
    this.playing = setInterval(() => {
      this.rounds ??= this.round()
        // Where nothing answers yet there is nothing to be looked at.
        .catch(() => {})
        .finally(() => {
          this.rounds = undefined;
        });
    }, 200);
  }

  /** From here on nothing of it is put back by itself, until `watch`. */
  async unwatch(service: string): Promise<void> {
    this.unwatched.add(service);
    await this.rounds;
  }

  watch(service: string): void {
    this.unwatched.delete(service);
  }

  private async round(): Promise<void> {
    await playApplicationSets(this.hub, this.host, this.gitops);
    const head = await this.host.head(this.gitops);
    const applications = await this.hub.list(APPLICATION, {
      namespace: 'argocd',
      labelSelector: `slipway.dev/organization=${ORGANIZATION}`,
    });
    const due = applications.filter(
      application =>
        isDue(application, head) &&
        (application.operation !== undefined ||
          !this.unwatched.has(serviceOf(application))),
    );
    // One that goes away meanwhile, or whose cluster does, is looked at again.
    for (const application of due) await this.sync(application).catch(() => {});
  }

  /** One operation from its beginning to its end, as the Application tells it. */
  private async sync(application: KubernetesObject): Promise<void> {
    const { metadata, spec } = application;
    const ref = { ...APPLICATION, name: metadata.name, namespace: 'argocd' };
    const operates = isAutomated(spec) && !metadata.deletionTimestamp;
    const operation = { initiatedBy: { automated: true } };
    const startedAt = new Date().toISOString();
    if (operates)
      await this.hub.mergePatch(ref, {
        status: { operationState: { phase: 'Running', startedAt, operation } },
      });
    await this.argocd.round(serviceOf(application));
    if (!operates) return;
    const found = await this.hub.get(ref);
    if (!found) return;
    const { revision } = (found.status as { sync: { revision?: string } }).sync;
    const finishedAt = new Date().toISOString();
    await this.hub.mergePatch(ref, {
      operation: null,
      status: {
        history: [{ id: 0, revision, deployedAt: finishedAt }],
        operationState: {
          phase: 'Succeeded',
          startedAt,
          finishedAt,
          operation,
          syncResult: { revision },
        },
      },
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.playing);
    this.host.close();
  }
}

/** What it applies is its own, not Slipway's. */
function asArgoCD(clusters: HttpClusters): Clusters {
  return {
    list: () => clusters.list(),
    client: name => {
      const client = clusters.client(name);
      return new Proxy<ClusterClient>(client, {
        get(target, key) {
          if (key === 'apply')
            return (object: KubernetesObject) =>
              client.apply(object, {
                force: true,
                fieldManager: ARGOCD_MANAGER,
              });
          const method: unknown = Reflect.get(target, key, target);
          return typeof method === 'function' ? method.bind(target) : method;
        },
      });
    },
  };
}

function fileRef({ url, branch }: { url: string; branch: string }) {
  return { url: `file://${url}`, branch };
}

function serviceOf({ metadata }: KubernetesObject): string {
  return metadata.labels!['slipway.dev/service'];
}

function isAutomated(spec: unknown): boolean {
  const { syncPolicy } = spec as { syncPolicy?: { automated?: object } };
  return syncPolicy?.automated !== undefined;
}

function isDue(application: KubernetesObject, head?: string): boolean {
  const { metadata, operation, spec, status } = application;
  const { sync, operationState } = (status ?? {}) as {
    sync?: { revision?: string };
    operationState?: { phase?: string };
  };
  return (
    metadata.deletionTimestamp !== undefined ||
    metadata.annotations?.['argocd.argoproj.io/refresh'] !== undefined ||
    operation !== undefined ||
    !isAutomated(spec) ||
    operationState?.phase === 'Running' ||
    sync?.revision !== head
  );
}
