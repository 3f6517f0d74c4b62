import { ApiCluster } from '@slipway/plugin-slipway-common';
import { Clusters } from '../../ports/Clusters';
import { StatusIndex } from '../../ports/StatusIndex';

/** The clusters, with the age of what the watches know of each; asks no cluster. */
export class ClusterAges {
  constructor(
    private readonly clusters: Clusters,
    private readonly index: StatusIndex,
    /** What discovery last said of a cluster. */
    private readonly versionOf: (cluster: string) => string | undefined,
  ) {}

  async list(): Promise<ApiCluster[]> {
    const ages = this.index.clusters();
    return this.clusters.list().map(info => {
      const age = ages.find(a => a.cluster === info.name);
      const version = this.versionOf(info.name);
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
          ...(age?.message ? { message: age.message } : {}),
        },
      };
    });
  }
}
