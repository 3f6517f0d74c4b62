import type { Knex } from 'knex';
import { parse } from 'yaml';
import {
  allowedBy,
  ARGOCD_MANAGER,
  DEFAULT_ALLOWED_MANAGERS,
} from '../../../domain/drift';
import type { Clusters, KubernetesObject } from '../../../ports/Clusters';
import type { DriftRecord } from '../../../ports/DriftStore';
import { WatchedStatusIndex, WrittenObjects } from '../../../watch';
import type { StepObserver } from '../../engine';
import type { TestClusters } from '../../environment/__testUtils__/clusters';
import { World } from '../../environment/__testUtils__/world';
import { DriftReconciler } from '../DriftReconciler';
import { Hand } from './Hand';

const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };

const LOOSE = `apiVersion: slipway.dev/v1alpha1
kind: EnvironmentClass
metadata: { name: loose }
spec:
  description: Nothing is put back by itself.
  quota: wide
  cost: { base: { cents: 100, currency: USD } }
  delivery: { selfHeal: false }
`;

/** An environment `<organization>/web/prod` that runs, and everything that drift needs around it. */
export class DriftWorld {
  static async create(options: {
    clusters: TestClusters;
    db: Knex;
    organization: string;
    /** Clusters with more rights than Slipway has, for the hand and for Argo CD. */
    admin?: TestClusters;
    /** What environments are reconciled with, where it is something else than usual. */
    reconciler?: Parameters<typeof World.create>[0]['reconciler'];
  }): Promise<DriftWorld> {
    const world = await World.create(options);
    const writes = WrittenObjects.create({
      allowed: allowedBy(DEFAULT_ALLOWED_MANAGERS),
      batchMs: 5,
    });
    const index = WatchedStatusIndex.create({
      clusters: world.clusters,
      observer: writes,
      batchMs: 5,
      settings: { retryMs: 20, maxRetryMs: 100, staleMs: 300 },
    });
    index.start();
    await index.ready();
    const hand = new Hand((options.admin ?? options.clusters).configured[0]);
    return new DriftWorld(world, writes, index, hand);
  }

  apply: 'bootstrap' | 'gitops-only' = 'bootstrap';
  /** What the reconciler of drift sees of the clusters. */
  wrap: (clusters: Clusters) => Clusters = clusters => clusters;

  private constructor(
    readonly world: World,
    readonly writes: WrittenObjects,
    private readonly index: WatchedStatusIndex,
    readonly hand: Hand,
  ) {}

  get key(): string {
    return this.world.key('web', 'prod');
  }

  get namespace(): string {
    return this.world.namespace('web', 'prod');
  }

  /** Something in the environment's namespace. */
  ref(kind: string, name: string) {
    return { kind, namespace: this.namespace, name };
  }

  /** Declares the service, in a class in which nothing is put back by itself. */
  async declare(
    more: Record<string, unknown> = {},
    others: object[] = [],
  ): Promise<void> {
    await this.world.declare({
      'classes/loose.yaml': LOOSE,
      [this.world.servicePath('web')]: service(
        this.world.organization,
        more,
        others,
      ),
    });
  }

  /** Declares the service and brings it to where it was synced once. */
  async begin(more: Record<string, unknown> = {}): Promise<void> {
    await this.declare(more);
    await this.arrive();
    await this.sync();
    await this.look();
  }

  /** Lets everything but drift come to rest. */
  async arrive(): Promise<void> {
    this.catchUp();
    await this.world.stores.queue.mark([`environment:${this.key}`]);
    await this.world.run();
    const record = await this.world.stores.environments.get(this.key);
    if (record?.conditions[6]?.status !== 'True')
      throw new Error(JSON.stringify(record?.conditions));
  }

  reconciler(): DriftReconciler {
    const { world } = this;
    return DriftReconciler.create({
      drifts: world.stores.drifts,
      environments: world.stores.environments,
      clusters: this.wrap(world.clusters),
      index: this.index,
      writes: this.writes,
      watching: () => this.index.observed(),
      unseen: () => this.index.unseen(),
      host: world.git.host,
      gitops: world.gitops,
      apply: this.apply,
      allowed: allowedBy(DEFAULT_ALLOWED_MANAGERS),
      waits: { settlingMs: 20, clusterMs: 20 },
    });
  }

  /** Waits until the watches have seen everything so far, then looks once. */
  async look(onStep?: StepObserver): Promise<DriftRecord | undefined> {
    await this.seen();
    await this.world.stores.queue.mark([`drift:${this.key}`]);
    await this.run(onStep);
    return this.world.stores.drifts.get(this.key);
  }

  async run(onStep?: StepObserver): Promise<void> {
    this.catchUp();
    await this.world.run(
      [...this.world.reconcilers(), this.reconciler()],
      onStep,
    );
  }

  /** The paths that differ. */
  async paths(): Promise<string[]> {
    const record = await this.look();
    return (record?.drifted ?? []).flatMap(({ kind, name, fields, missing }) =>
      fields.map(({ path }) => `${kind} ${name} ${missing ? 'missing' : path}`),
    );
  }

  /** What happened, as far as drift goes. */
  async told(): Promise<
    Array<{ reason: string; title: string; actor?: string }>
  > {
    const events = await this.world.stores.timeline.list({
      subjects: [`environment:${this.key}`],
      limit: 100,
    });
    return events
      .filter(({ type }) => type === 'Drifted')
      .reverse()
      .map(({ reason, title, actor }) => ({
        reason,
        title: title.replace(/after \d+ (s|min)/, 'after a while'),
        ...(actor && { actor }),
      }));
  }

  /** What Argo CD does when it syncs: by itself, or because the Application says that somebody asked. */
  async sync(): Promise<void> {
    const hub = this.world.clusters.client('hub');
    const ref = { ...APPLICATION, name: this.namespace, namespace: 'argocd' };
    const application = (await hub.get(ref))!;
    const { path } = (application.spec as { source: { path: string } }).source;
    const operation = application.operation as
      | {
          initiatedBy?: object;
          sync?: { resources?: Array<{ kind: string; name: string }> };
        }
      | undefined;
    const only = operation?.sync?.resources;
    const head = (await this.world.git.host.head(this.world.gitops))!;
    const files = await this.world.git.host.readFiles(this.world.gitops, {
      commit: head,
      prefixes: [`${path}/`],
    });
    for (const file of files.filter(one => one.path.endsWith('.yaml'))) {
      const object = parse(file.content) as KubernetesObject;
      const { kind, metadata } = object;
      if (
        only &&
        !only.some(one => one.kind === kind && one.name === metadata.name)
      )
        continue;
      await this.hand.apply(
        {
          ...object,
          metadata: {
            ...metadata,
            annotations: {
              ...metadata.annotations,
              'argocd.argoproj.io/tracking-id': `${this.namespace}:${kind}/${metadata.name}`,
            },
          },
        },
        ARGOCD_MANAGER,
      );
    }
    const now = new Date().toISOString();
    await hub.mergePatch(ref, {
      operation: null,
      metadata: { annotations: { 'argocd.argoproj.io/refresh': null } },
      status: {
        sync: { status: 'Synced', revision: head },
        health: { status: 'Healthy' },
        reconciledAt: now,
        history: [{ id: 0, revision: head, deployedAt: now }],
        operationState: {
          phase: 'Succeeded',
          startedAt: now,
          finishedAt: now,
          operation: {
            initiatedBy: operation?.initiatedBy ?? { automated: true },
          },
          syncResult: { revision: head },
        },
      },
    });
  }

  /** What Argo CD writes down of a sync to the head that has gone wrong on its way. */
  async failSync(): Promise<void> {
    const head = (await this.world.git.host.head(this.world.gitops))!;
    const now = new Date().toISOString();
    await this.world.clusters.client('hub').mergePatch(
      { ...APPLICATION, name: this.namespace, namespace: 'argocd' },
      {
        status: {
          sync: { status: 'OutOfSync', revision: head },
          operationState: {
            phase: 'Failed',
            startedAt: now,
            finishedAt: now,
            operation: { initiatedBy: { automated: true } },
            syncResult: { revision: head },
          },
        },
      },
    );
  }

  /** Gives the watches the time to be told of everything. */
  async seen(): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, 250));
  }

  async close(): Promise<void> {
    this.hand.close();
    await this.index.stop();
    this.writes.stop();
    await this.world.close();
  }

  /** Managers' times are those of the API server; so the database's have to be of today, too. */
  private catchUp(): void {
    const { clock } = this.world;
    clock.advance(Math.max(1, Date.now() - clock.ms));
  }
}

/** A service that says enough for fields to be accepted into it. */
export function service(
  organization: string,
  workload: Record<string, unknown> = {},
  others: object[] = [],
): string {
  return JSON.stringify(
    {
      apiVersion: 'slipway.dev/v1alpha1',
      kind: 'ServiceSpec',
      metadata: { name: 'web' },
      spec: {
        organization,
        owner: 'group:default/shop',
        lifecycle: 'production',
        workloads: [
          {
            name: 'web',
            image: {
              repository: 'registry.example.com/shop/web',
              revision: 'v1',
            },
            port: 8080,
            replicas: 2,
            env: [{ name: 'LOG', value: 'info' }],
            resources: { cpu: '100m', memory: '128Mi' },
            ...workload,
          },
          ...others,
        ],
        environments: [{ name: 'prod', class: 'loose', cluster: 'hub' }],
      },
    },
    undefined,
    2,
  );
}
