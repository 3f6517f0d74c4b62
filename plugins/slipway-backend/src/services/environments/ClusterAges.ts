import { ApiCluster } from '@slipway/plugin-slipway-common';
import { Clusters } from '../../ports/Clusters';
import { StatusIndex } from '../../ports/StatusIndex';
import { UnseenKind } from '../../ports/WriteLog';

/** The clusters, with the age of what the watches know of each; asks no cluster. */
export class ClusterAges {
  constructor(
    private readonly clusters: Clusters,
    private readonly index: StatusIndex,
    /** What discovery last said of a cluster. */
    private readonly versionOf: (cluster: string) => string | undefined,
    /** Kinds that clusters don't let us see, and that make them no worse known. */
    private readonly refused: () => UnseenKind[] = () => [],
  ) {}

  async list(): Promise<ApiCluster[]> {
    const ages = this.index.clusters();
    const refused = this.refused();
    return this.clusters.list().map(info => {
      const age = ages.find(a => a.cluster === info.name);
      const version = this.versionOf(info.name);
      const message = [
        age?.message,
        ...refused
          .filter(({ cluster }) => cluster === info.name)
          .map(one => `${one.kind} isn't seen: ${one.message}`),
      ]
        .filter(Boolean)
        .join(' ');
      return {
        name: info.name,
        title: info.title,
        ...(info.region ? { region: info.region } : {}),
        sandbox: info.sandbox,
        ...(version ? { version } : {}),
        argocd: {
          cluster: info.argocd.cluster,
          namespace: info.argocd.namespace,
        },
        age: {
          name: info.name,
          state: age?.state ?? 'unknown',
          ...(age?.asOf ? { asOf: age.asOf.toISOString() } : {}),
          ...(message ? { message } : {}),
        },
      };
    });
  }
}
