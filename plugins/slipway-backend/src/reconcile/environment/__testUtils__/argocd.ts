import { LABELS } from '@slipway/plugin-slipway-common';
import type { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import { parse } from 'yaml';
import type {
  ClusterClient,
  Clusters,
  KubernetesObject,
} from '../../../ports/Clusters';

const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };

/** Kinds that tests put into `workload/`, for pruning. */
const WORKLOAD_KINDS = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
];

/** Plays Argo CD for the Applications of one organization, one round a call: sync, prune, and the finalizer. */
export class PlayedArgoCD {
  /** Revisions that each Application was asked to refresh at. */
  readonly refreshed: string[] = [];

  constructor(
    private readonly clusters: Clusters,
    private readonly host: GitHost,
    private readonly gitops: RepositoryRef,
    private readonly organization: string,
    /** The time that a comparison is said to have been made at. */
    private readonly now: () => Date,
  ) {}

  /** For one service, where that is enough. */
  async round(service?: string): Promise<void> {
    const hub = this.clusters.client('hub');
    const applications = await hub.list(APPLICATION, {
      namespace: 'argocd',
      labelSelector: [
        `${LABELS.organization}=${this.organization}`,
        ...(service ? [`${LABELS.service}=${service}`] : []),
      ].join(','),
    });
    for (const application of applications) {
      if (application.metadata.deletionTimestamp)
        await this.finalize(hub, application);
      else await this.sync(hub, application);
    }
  }

  private async sync(
    hub: ClusterClient,
    application: KubernetesObject,
  ): Promise<void> {
    const { source, destination, syncPolicy } = application.spec as {
      source: { path: string };
      destination: object;
      syncPolicy?: { automated?: object };
    };
    const { path } = source;
    if (!syncPolicy?.automated) {
      // It only compares.
      await hub.mergePatch(refOf(application), {
        metadata: { annotations: { 'argocd.argoproj.io/refresh': null } },
        status: {
          sync: { status: 'OutOfSync', comparedTo: { source, destination } },
          reconciledAt: this.now().toISOString(),
        },
      });
      return;
    }
    const head = (await this.host.head(this.gitops))!;
    const files = await this.host.readFiles(this.gitops, {
      commit: head,
      prefixes: [path],
    });
    const wanted = files
      .filter(file => file.path.endsWith('.yaml'))
      .map(file => parse(file.content) as KubernetesObject);
    const target = this.destination(application);
    for (const object of wanted) await target.apply(object, { force: true });
    const keys = new Set(
      wanted.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    );
    await this.remove(
      target,
      application,
      object => !keys.has(`${object.kind} ${object.metadata.name}`),
    );
    if (application.metadata.annotations?.['argocd.argoproj.io/refresh'])
      this.refreshed.push(head);
    await hub.mergePatch(refOf(application), {
      metadata: { annotations: { 'argocd.argoproj.io/refresh': null } },
      status: {
        sync: { status: 'Synced', revision: head },
        health: { status: 'Healthy' },
        reconciledAt: this.now().toISOString(),
      },
    });
  }

  private async finalize(
    hub: ClusterClient,
    application: KubernetesObject,
  ): Promise<void> {
    await this.remove(
      this.destination(application),
      application,
      ({ metadata }) => {
        const options =
          metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '';
        return !options.includes('Delete=false');
      },
    );
    await hub.mergePatch(refOf(application), {
      metadata: { finalizers: null },
    });
  }

  private async remove(
    target: ClusterClient,
    application: KubernetesObject,
    goes: (object: KubernetesObject) => boolean,
  ): Promise<void> {
    const { namespace } = (
      application.spec as { destination: { namespace: string } }
    ).destination;
    for (const kind of WORKLOAD_KINDS) {
      const labelSelector = `${LABELS.part}=workload`;
      for (const object of await target.list(kind, {
        namespace,
        labelSelector,
      })) {
        if (goes(object))
          await target.delete(
            { ...kind, name: object.metadata.name, namespace },
            { propagation: 'Background' },
          );
      }
    }
  }

  private destination(application: KubernetesObject): ClusterClient {
    const { name } = (application.spec as { destination: { name?: string } })
      .destination;
    return this.clusters.client(name ?? 'hub');
  }
}

function refOf({ metadata }: KubernetesObject) {
  return { ...APPLICATION, name: metadata.name, namespace: metadata.namespace };
}
