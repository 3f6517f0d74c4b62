import { NotAllowedError } from '@backstage/errors';
import { trackedResources, type FoundEnvironment } from '@slipway/plan';
import { LABELS, MANAGED_BY } from '@slipway/plugin-slipway-common';
import type {
  ClusterInfo,
  Clusters,
  KubernetesObject,
  ObjectRef,
} from '../ports/Clusters';
import type {
  FoundApplication,
  FoundEnvironments,
} from '../ports/FoundEnvironments';

const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };

/** Kinds whose contents are nobody's business here. */
const NEVER_READ = ['Secret'];

/** How Argo CD names the cluster that it runs in. */
const IN_CLUSTER = [
  { server: 'https://kubernetes.default.svc' },
  { name: 'in-cluster' },
];

/** What of an Application's spec says what is delivered where. */
interface Delivers {
  destination?: { server?: string; name?: string; namespace?: string };
  source?: { repoURL?: string; path?: string };
  sources?: Array<{ repoURL?: string; path?: string }>;
}

/** By which names Argo CD may call a cluster. */
function destinationsOf({ name, argocd }: ClusterInfo) {
  return [argocd.destination, ...(name === argocd.cluster ? IN_CLUSTER : [])];
}

/** {@link FoundEnvironments} of the configured clusters. */
export class ClusterFoundEnvironments implements FoundEnvironments {
  constructor(private readonly clusters: Clusters) {}

  async look(
    cluster: ClusterInfo,
    place: { namespace: string; application?: string },
    also: ObjectRef[] = [],
  ): Promise<FoundEnvironment> {
    const client = this.clusters.client(cluster.name);
    const hub = this.clusters.client(cluster.argocd.cluster);
    const namespace = await client.get({
      apiVersion: 'v1',
      kind: 'Namespace',
      name: place.namespace,
    });
    const application =
      place.application === undefined
        ? await this.deliveringTo(cluster, place.namespace)
        : await hub.get({
            ...APPLICATION,
            name: place.application,
            namespace: cluster.argocd.namespace,
          });
    const refs = new Map<string, ObjectRef>();
    const add = (ref: ObjectRef) =>
      refs.set(`${ref.apiVersion} ${ref.kind} ${ref.name}`, ref);
    for (const one of trackedResources(application)) {
      const { group = '', version = 'v1', kind, name } = one;
      // What an Application delivers to another namespace isn't this environment's.
      if ((one.namespace ?? place.namespace) !== place.namespace) continue;
      add({
        apiVersion: group === '' ? version : `${group}/${version}`,
        kind,
        name,
        namespace: place.namespace,
      });
    }
    also.forEach(add);
    const objects: KubernetesObject[] = [];
    for (const ref of refs.values()) {
      const object = await this.read(cluster, ref);
      if (object) objects.push(object);
    }
    return {
      ...(namespace && { namespace }),
      ...(application && { application }),
      objects,
      destinations: destinationsOf(cluster),
    };
  }

  async unmanaged(cluster: ClusterInfo): Promise<FoundApplication[]> {
    const all = await this.clusters
      .client(cluster.argocd.cluster)
      .list(APPLICATION, { namespace: cluster.argocd.namespace });
    const destinations = destinationsOf(cluster);
    return all
      .flatMap(({ metadata, spec }) => {
        const { destination, source, sources } = (spec ?? {}) as Delivers;
        const { namespace } = destination ?? {};
        const here = destinations.some(
          one =>
            ('server' in one && one.server === destination?.server) ||
            ('name' in one && one.name === destination?.name),
        );
        const { [LABELS.managedBy]: by, [LABELS.organization]: organization } =
          metadata.labels ?? {};
        const ours = by === MANAGED_BY && organization !== undefined;
        if (!here || !namespace || ours) return [];
        const { repoURL, path } = source ?? sources?.[0] ?? {};
        return [
          {
            application: metadata.name,
            namespace,
            ...(repoURL && { repository: repoURL }),
            ...(path && { path }),
          },
        ];
      })
      .sort((a, b) => (a.application < b.application ? -1 : 1));
  }

  /** The only Application that delivers to a namespace; none where there are several. */
  private async deliveringTo(
    cluster: ClusterInfo,
    namespace: string,
  ): Promise<KubernetesObject | undefined> {
    const all = await this.clusters
      .client(cluster.argocd.cluster)
      .list(APPLICATION, { namespace: cluster.argocd.namespace });
    const found = all.filter(
      ({ spec }) =>
        (spec as { destination?: { namespace?: string } } | undefined)
          ?.destination?.namespace === namespace,
    );
    return found.length === 1 ? found[0] : undefined;
  }

  /** What may not be read is as if it weren't: the proposal leaves it outside of Git. */
  private async read(
    cluster: ClusterInfo,
    ref: ObjectRef,
  ): Promise<KubernetesObject | undefined> {
    if (NEVER_READ.includes(ref.kind)) return undefined;
    try {
      return await this.clusters.client(cluster.name).get(ref);
    } catch (error) {
      if (error instanceof NotAllowedError) return undefined;
      throw error;
    }
  }
}
