import { NotFoundError } from '@backstage/errors';
import type { ClusterInfo, Clusters } from '../ports/Clusters';
import type { ClusterWatches } from '../ports/ClusterWatch';
import type { BreakerSettings } from './CircuitBreaker';
import { HttpClusterClient } from './HttpClusterClient';
import { HttpTransport } from './HttpTransport';
import type { ConfiguredCluster } from './readClusters';

/** Every cluster has a transport of its own, so that one that hangs holds up no other. */
export class HttpClusters implements Clusters, ClusterWatches {
  static create(options: {
    clusters: ConfiguredCluster[];
    timeoutMs?: number;
    concurrency?: number;
    breaker?: Partial<BreakerSettings>;
    now?: () => Date;
  }): HttpClusters {
    const {
      clusters,
      timeoutMs,
      concurrency,
      breaker,
      now = () => new Date(),
    } = options;
    const entries = clusters.map(({ info, connection }) => {
      const transport = HttpTransport.create({
        cluster: info.name,
        connection,
        timeoutMs,
        concurrency,
        breaker,
      });
      return [
        info.name,
        {
          transport,
          client: HttpClusterClient.create({ info, transport, now }),
        },
      ] as const;
    });
    return new HttpClusters(new Map(entries));
  }

  private constructor(
    private readonly clusters: Map<
      string,
      { transport: HttpTransport; client: HttpClusterClient }
    >,
  ) {}

  list(): ClusterInfo[] {
    return Array.from(this.clusters.values(), ({ client }) => client.info);
  }

  client(name: string): HttpClusterClient {
    const found = this.clusters.get(name);
    if (!found) {
      const names = Array.from(this.clusters.keys());
      throw new NotFoundError(
        `No cluster '${name}' in the configuration; there are: ${names.join(', ') || 'none'}`,
      );
    }
    return found.client;
  }

  watcher(name: string): HttpClusterClient {
    return this.client(name);
  }

  /** Ends all connections that are kept open. */
  close(): void {
    for (const { transport } of this.clusters.values()) transport.close();
  }
}
