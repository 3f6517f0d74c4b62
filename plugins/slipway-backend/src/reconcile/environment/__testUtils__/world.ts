import { rename } from 'node:fs/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { DEFAULT_PRICES, type GitOpsTarget } from '@slipway/plan';
import type { Condition } from '@slipway/plugin-slipway-common';
import type { RepositoryRef } from '@slipway/plugin-slipway-node';
import type { Knex } from 'knex';
import { parse } from 'yaml';
import {
  createTestClock,
  type TestClock,
} from '../../../database/__testUtils__/clock';
import { createStores, type Stores } from '../../../database/createStores';
import { BatchingGitWriter } from '../../../git';
import {
  ALICE,
  createSandbox,
  type GitSandbox,
} from '../../../git/__testUtils__/sandbox';
import { ClusterFoundEnvironments, HttpClusters } from '../../../kubernetes';
import type { KubernetesObject } from '../../../ports/Clusters';
import type { EnvironmentRecord } from '../../../ports/EnvironmentStore';
import { StoredPlatformStates } from '../../../services/StoredPlatformStates';
import { WatchedStatusIndex } from '../../../watch';
import {
  ReconcileEngine,
  type Reconciler,
  type StepObserver,
} from '../../engine';
import { runUntilIdle } from '../../engine/__testUtils__/runUntilIdle';
import { SourceReconciler } from '../../source/SourceReconciler';
import type { EnvironmentReconcilerOptions } from '../dependencies';
import { EnvironmentReconciler } from '../EnvironmentReconciler';
import { PlayedArgoCD } from './argocd';
import type { TestClusters } from './clusters';
import { platformFiles, serviceFile, type ServiceOptions } from './specs';

/** How long a world may take to get where it should be. */
const PATIENCE_MS = 40_000;

const SOURCE = 'platform';
const POLL_MS = 30_000;
const TARGET: GitOpsTarget = {
  repoURL: 'https://git.example.com/gitops.git',
  branch: 'main',
};

/** Kinds that belong to an environment. */
const KINDS = [
  { apiVersion: 'v1', kind: 'Namespace' },
  { apiVersion: 'v1', kind: 'Secret' },
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  { apiVersion: 'v1', kind: 'ResourceQuota' },
  { apiVersion: 'v1', kind: 'LimitRange' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject' },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' },
];

/** Everything around one organization: its repositories, its database, and the clusters that all worlds share. */
export class World {
  readonly argocd: PlayedArgoCD;

  static async create(options: {
    clusters: TestClusters;
    db: Knex;
    organization: string;
    /** Clusters with more rights than Slipway has, for what tests do and look at themselves. */
    admin?: TestClusters;
    reconciler?: (world: World) => Partial<EnvironmentReconcilerOptions>;
    /** The clock by which what clusters serve gets old. */
    now?: () => Date;
  }): Promise<World> {
    const git = await createSandbox();
    const platform = await git.repository(
      'platform.git',
      platformFiles(options.organization),
    );
    const gitops = await git.repository('gitops.git');
    const connect = ({ configured }: TestClusters) =>
      HttpClusters.create({
        clusters: configured,
        timeoutMs: 2_000,
        breaker: { baseMs: 50, maxMs: 100 },
        now: options.now,
      });
    const clusters = connect(options.clusters);
    const admin = options.admin ? connect(options.admin) : clusters;
    const index = WatchedStatusIndex.create({
      clusters,
      batchMs: 5,
      settings: { retryMs: 20, maxRetryMs: 100, staleMs: 300 },
    });
    index.start();
    await index.ready();
    return new World(options, git, platform, gitops, clusters, admin, index);
  }

  readonly clock: TestClock;
  readonly stores: Stores;
  private readonly logger = mockServices.logger.mock();

  private constructor(
    private readonly options: {
      clusters: TestClusters;
      db: Knex;
      organization: string;
      admin?: TestClusters;
      reconciler?: (world: World) => Partial<EnvironmentReconcilerOptions>;
    },
    readonly git: GitSandbox,
    readonly platform: RepositoryRef,
    readonly gitops: RepositoryRef,
    readonly clusters: HttpClusters,
    private readonly admin: HttpClusters,
    public index: WatchedStatusIndex,
  ) {
    this.logger.child.mockReturnValue(this.logger);
    this.clock = createTestClock();
    this.stores = createStores({ db: options.db, clock: this.clock });
    this.argocd = new PlayedArgoCD(
      admin,
      git.host,
      gitops,
      options.organization,
      () => new Date(this.clock.ms),
    );
  }

  /** Clusters for what tests do and look at themselves. */
  get hands(): HttpClusters {
    return this.admin;
  }

  /** The same repositories and clusters with an empty database, as after its loss. The former world is over. */
  async withoutDatabase(db: Knex): Promise<World> {
    await this.index.stop();
    const index = WatchedStatusIndex.create({
      clusters: this.clusters,
      batchMs: 5,
      settings: { retryMs: 20, maxRetryMs: 100, staleMs: 300 },
    });
    index.start();
    await index.ready();
    const world = new World(
      { ...this.options, db },
      this.git,
      this.platform,
      this.gitops,
      this.clusters,
      this.admin,
      index,
    );
    await world.stores.queue.mark([`source:${SOURCE}`]);
    return world;
  }

  get organization(): string {
    return this.options.organization;
  }

  key(service: string, environment: string): string {
    return `${this.organization}/${service}/${environment}`;
  }

  namespace(service: string, environment: string): string {
    return `${this.organization}--${service}--${environment}`;
  }

  /** What is declared, as the stores hold it. */
  states(): StoredPlatformStates {
    const { sources, resources } = this.stores;
    return new StoredPlatformStates(
      sources,
      resources,
      this.git.host,
      this.platform,
    );
  }

  /** What Applications name as their source. */
  get target(): GitOpsTarget {
    return this.options.reconciler?.(this).gitops?.target ?? TARGET;
  }

  /** New objects for each call, as a process that starts has them. */
  reconcilers(): Reconciler[] {
    const { stores } = this;
    const host = this.git.host;
    return [
      new SourceReconciler({
        sources: [{ id: SOURCE, repository: this.platform }],
        host,
        store: stores.sources,
        resources: stores.resources,
        pollMs: POLL_MS,
        guard: { maxDeletedShare: 0.9, minCount: 100 },
        onChanged: async () => {},
        logger: this.logger,
      }),
      EnvironmentReconciler.create({
        ...stores,
        states: this.states(),
        clusters: this.clusters,
        found: new ClusterFoundEnvironments(this.clusters),
        index: this.index,
        host,
        writer: BatchingGitWriter.create({ hosts: [host] }),
        gitops: {
          repository: this.gitops,
          target: TARGET,
        },
        prices: DEFAULT_PRICES,
        apply: 'bootstrap',
        gitAuthor: { name: 'Slipway', email: 'slipway@example.com' },
        ...this.options.reconciler?.(this),
      }),
    ];
  }

  /** Changes the platform repository as a merge would; `null` removes a file. */
  async declare(files: Record<string, string | null>): Promise<string> {
    const { commit } = await this.git.host.commit({
      repository: this.platform,
      files: Object.entries(files).map(([path, content]) => ({
        path,
        content,
      })),
      message: 'Change what is declared',
      gitAuthor: ALICE,
      trailers: {},
    });
    await this.stores.queue.mark([`source:${SOURCE}`]);
    return commit;
  }

  async declareService(name: string, options: ServiceOptions): Promise<string> {
    return this.declare({
      [this.servicePath(name)]: serviceFile(this.organization, name, options),
    });
  }

  async removeService(name: string): Promise<string> {
    return this.declare({ [this.servicePath(name)]: null });
  }

  servicePath(name: string): string {
    return `organizations/${this.organization}/services/${name}.yaml`;
  }

  /** Reads the platform repository without reconciling anything that follows from it. */
  async readSources(): Promise<void> {
    const [source] = this.reconcilers();
    const idle: Reconciler = {
      prefix: 'environment',
      reconcile: async () => ({ type: 'requeue', afterMs: 1 }),
    };
    await this.run([source, idle]);
    this.clock.advance(1);
  }

  /** Runs everything that is due. */
  async run(
    reconcilers = this.reconcilers(),
    onStep?: StepObserver,
  ): Promise<void> {
    const engine = ReconcileEngine.create({
      queue: this.stores.queue,
      reconcilers,
      logger: this.logger,
      settings: { pollMs: 5 },
      onStep,
    });
    try {
      await runUntilIdle(engine, this.stores.queue);
    } finally {
      await engine.stop();
    }
  }

  /** Runs, lets Argo CD work and the watches see it, and runs again, until the environment is where it should be. */
  async settle(
    service: string,
    environment: string,
    arrived: (record: EnvironmentRecord) => boolean,
    { rounds = 30, pauseMs = 60 } = {},
  ): Promise<EnvironmentRecord> {
    const key = this.key(service, environment);
    let record: EnvironmentRecord | undefined;
    const patience = Date.now() + PATIENCE_MS;
    for (let round = 0; round < rounds || Date.now() < patience; round++) {
      await this.run();
      record = await this.stores.environments.get(key);
      if (record && arrived(record)) return record;
      // Where a cluster is away, it is away for Argo CD, too.
      await this.argocd.round(service).catch(unlessUnavailable);
      // A real API server takes its time with a namespace when others change what it serves.
      await new Promise(resolve =>
        setTimeout(resolve, round < rounds ? pauseMs : 1_000),
      );
      this.clock.advance(60_000);
      await this.stores.queue.mark([`environment:${key}`]);
    }
    throw new Error(
      `${key} did not arrive: ${JSON.stringify(record, undefined, 1)}`,
    );
  }

  /** Moves the platform repository out of reach. */
  async loseThePlatformRepository(): Promise<void> {
    await rename(this.platform.url, `${this.platform.url}.lost`);
    await this.stores.queue.mark([`source:${SOURCE}`]);
  }

  /** Moves the GitOps repository out of reach, and back. */
  async moveTheGitOpsRepository(where: 'away' | 'back'): Promise<void> {
    const paths: [string, string] = [
      this.gitops.url,
      `${this.gitops.url}.lost`,
    ];
    await rename(
      ...((where === 'away' ? paths : paths.reverse()) as [string, string]),
    );
  }

  /** Applies a part of all folders as whoever is told to do so would: in the order of the file names, namespaces first. */
  async applyFromGit(part: 'platform'): Promise<void> {
    const contents = await this.git.contents(this.gitops);
    const objects = Object.entries(contents)
      .filter(([path]) => path.includes(`/${part}/`))
      .map(([path, text]) => ({
        cluster: path.split('/')[1],
        object: parse(text) as KubernetesObject,
      }));
    objects.sort(
      (a, b) =>
        Number(b.object.kind === 'Namespace') -
        Number(a.object.kind === 'Namespace'),
    );
    for (const { cluster, object } of objects) {
      const target = object.apiVersion.startsWith('argoproj.io/')
        ? 'hub'
        : cluster;
      await this.admin.client(target).apply(object);
    }
  }

  /** Waits for something that happens by itself; an autoscaler of a real server looks every 15 seconds. */
  async until(check: () => Promise<boolean>): Promise<void> {
    const patience = Date.now() + PATIENCE_MS;
    while (Date.now() < patience) {
      if (await check()) return;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
    throw new Error('It did not happen');
  }

  /** Everything that was logged. */
  logged(): unknown[] {
    const { error, warn, info, debug } = this.logger;
    return [error, warn, info, debug].flatMap(level => level.mock.calls);
  }

  condition(record: EnvironmentRecord, type: string): Condition | undefined {
    return record.conditions.find(condition => condition.type === type);
  }

  async timeline(service: string, environment: string): Promise<string[]> {
    const events = await this.stores.timeline.list({
      subjects: [`environment:${this.key(service, environment)}`],
      limit: 1000,
    });
    return events
      .reverse()
      .map(({ type, reason, title }) => `${type} ${reason}: ${title}`);
  }

  /** Everything that carries the labels of an environment, in all clusters, without what differs from run to run. */
  async objects(service: string, environment: string): Promise<string[]> {
    const found: string[] = [];
    for (const { info } of this.options.clusters.configured) {
      const client = this.admin.client(info.name);
      for (const kind of KINDS) {
        if (!(await client.serves(kind))) continue;
        const labelSelector = [
          `slipway.dev/organization=${this.organization}`,
          `slipway.dev/service=${service}`,
          `slipway.dev/environment=${environment}`,
        ].join(',');
        for (const object of await client.list(kind, { labelSelector }))
          found.push(this.picture(info.name, object));
      }
    }
    return found.sort();
  }

  private picture(cluster: string, object: KubernetesObject): string {
    const { name, namespace, labels, finalizers } = object.metadata;
    // A question to Argo CD, which takes it off when it has compared.
    const { 'argocd.argoproj.io/refresh': _asked, ...annotations } =
      object.metadata.annotations ?? {};
    const {
      status: _,
      data,
      stringData: __,
      apiVersion,
      kind,
      ...rest
    } = object;
    const known = {
      apiVersion,
      kind,
      metadata: { name, namespace, labels, annotations, finalizers },
      rest: { ...rest, metadata: undefined },
    };
    // Random by design: only that it is there, and with which keys, can be compared.
    const keys = Object.keys((data as object | undefined) ?? {}).sort();
    // Addresses are given out by the cluster.
    return `${cluster} ${JSON.stringify([known, keys])}`
      .replaceAll(this.organization, 'ORG')
      .replace(/"10(\.[0-9]+){3}"/g, '"ADDRESS"');
  }

  /** New watches, as a process that starts has them; silent ones have not answered yet. */
  async restartWatches({ silent }: { silent: boolean }): Promise<void> {
    await this.index.stop();
    this.index = WatchedStatusIndex.create({ clusters: this.clusters });
    if (!silent) this.index.start();
  }

  /** A database that has lost what was read from Git. */
  async forgetResources(): Promise<void> {
    await this.options.db('resources').delete();
  }

  /** Forgets all work that waits for later. */
  async forgetQueue(): Promise<void> {
    await this.options.db('queue_items').delete();
  }

  /** The tree of the GitOps repository, without what differs from organization to organization. */
  async tree(): Promise<Record<string, string>> {
    const contents = await this.git.contents(this.gitops);
    const neutral = (text: string) =>
      text
        .replaceAll(this.organization, 'ORG')
        .replace(/sha256:[0-9a-f]{64}/g, 'sha256:DIGEST');
    return Object.fromEntries(
      Object.entries(contents).map(([path, text]) => [
        neutral(path),
        neutral(text),
      ]),
    );
  }

  /** Commits of the GitOps repository, oldest first. */
  async commits(): Promise<string[]> {
    const log = await this.git.host.log(this.gitops, { limit: 100 });
    return log
      .reverse()
      .map(({ message }) =>
        message.split('\n')[0].replaceAll(this.organization, 'ORG'),
      );
  }

  async close(): Promise<void> {
    await this.index.stop();
    this.clusters.close();
    this.admin.close();
    await this.git.remove();
  }
}

function unlessUnavailable(error: Error): void {
  if (error.name !== 'ServiceUnavailableError') throw error;
}
