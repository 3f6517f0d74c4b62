import type { ClusterFacts, GitOpsTarget, PriceSheet } from '@slipway/plan';
import { clusterFacts } from '../../domain/platform/clusterFacts';
import { Surroundings } from '../../domain/platform/planDeclared';
import { ClusterCapabilities, Clusters } from '../../ports/Clusters';
import { DomainStore } from '../../ports/DomainStore';
import { EnvironmentStore } from '../../ports/EnvironmentStore';
import { EnvironmentSummary } from '../../ports/EnvironmentSummary';
import { DomainHolder } from './planChange';
import { SurroundingsSource } from './Planner';

interface Options {
  clusters: Clusters;
  environments: EnvironmentStore;
  domains: DomainStore;
  prices: PriceSheet;
  gitops: GitOpsTarget;
}

/** Facts of the moment, from the store and from what discovery last said; a plan never waits for a cluster. */
export class Facts implements SurroundingsSource {
  private readonly capabilities = new Map<string, ClusterCapabilities>();

  constructor(private readonly o: Options) {}

  /** Asks every cluster what it serves; one that doesn't answer keeps what it last said. */
  async refresh(): Promise<void> {
    await Promise.all(
      this.o.clusters.list().map(async ({ name }) => {
        try {
          this.capabilities.set(
            name,
            await this.o.clusters.client(name).capabilities(),
          );
        } catch {
          // Told on the Operations page by the watches; here the last answer counts.
        }
      }),
    );
  }

  /** Version of the API server, when it has answered before. */
  versionOf(cluster: string): string | undefined {
    return this.capabilities.get(cluster)?.version;
  }

  async surroundings(): Promise<Surroundings> {
    const records = new Map(
      (await this.o.environments.list()).map(record => [record.key, record]),
    );
    const clusters: ClusterFacts[] = this.o.clusters
      .list()
      .map(info => clusterFacts(info, this.capabilities.get(info.name)));
    return {
      clusters,
      prices: this.o.prices,
      gitops: this.o.gitops,
      release: key =>
        (records.get(key)?.summary as Partial<EnvironmentSummary>)?.release ?? {
          workloads: {},
        },
      recordedCluster: key => records.get(key)?.cluster,
    };
  }

  async domainHolder(domains: string[]): Promise<DomainHolder> {
    const holders = new Map(
      (domains.length > 0 ? await this.o.domains.holders(domains) : []).map(
        h => [h.domain, h],
      ),
    );
    return domain => holders.get(domain.toLowerCase());
  }
}
