import { stringAt } from '../../apiserver/json';
import { KubeObject } from '../../apiserver/types';
import { ClusterClient } from '../client';

/** A cluster that Applications may be deployed to. */
export interface DestinationCluster {
  name: string;
  url: string;
  client: ClusterClient;
}

export interface ResolvedDestination {
  name: string;
  server: string;
  client: ClusterClient;
}

const IN_CLUSTER = 'https://kubernetes.default.svc';

/** Finds the cluster that an Application names: this one, a neighbour, or one that a cluster Secret describes. */
export class Destinations {
  constructor(
    private readonly client: ClusterClient,
    private readonly self: string,
    private readonly clusters: DestinationCluster[],
  ) {}

  known(): string[] {
    return [
      'in-cluster',
      ...this.clusters.map(one => `${one.name} (${one.url})`),
    ];
  }

  find(app: KubeObject): ResolvedDestination | undefined {
    const server = stringAt(app, 'spec', 'destination', 'server')?.replace(
      /\/$/,
      '',
    );
    const name = stringAt(app, 'spec', 'destination', 'name');
    if (!server && !name) return undefined;
    if (server === IN_CLUSTER || name === 'in-cluster') return this.local();
    const declared = this.secrets(app.metadata.namespace).find(one =>
      server ? one.server === server : one.name === name,
    );
    const url = declared?.server ?? server;
    const found = this.clusters.find(one =>
      url ? sameAddress(one.url, url) : one.name === name,
    );
    if (!found) return undefined;
    return {
      name: declared?.name ?? found.name,
      server: declared?.server ?? found.url,
      client: found.client,
    };
  }

  private local(): ResolvedDestination {
    const own = this.clusters.find(one => one.name === this.self)!;
    return { name: 'in-cluster', server: IN_CLUSTER, client: own.client };
  }

  private secrets(
    namespace: string | undefined,
  ): { name: string; server: string }[] {
    const decode = (secret: KubeObject, key: string) =>
      Buffer.from(stringAt(secret, 'data', key) ?? '', 'base64').toString(
        'utf8',
      );
    return this.client
      .list('secrets', namespace)
      .filter(
        one =>
          one.metadata.labels?.['argocd.argoproj.io/secret-type'] === 'cluster',
      )
      .map(one => ({
        name: decode(one, 'name'),
        server: decode(one, 'server').replace(/\/$/, ''),
      }));
  }
}

/** The port speaks both: the scheme makes no other cluster. */
function sameAddress(a: string, b: string): boolean {
  return (
    a.replace(/^https?:/, '').replace('localhost', '127.0.0.1') ===
    b.replace(/^https?:/, '').replace('localhost', '127.0.0.1')
  );
}
