import { existsSync, readFileSync } from 'node:fs';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ClusterInfo } from '../ports/Clusters';
import { locateClusters, type LocatedCluster } from './locateClusters';

/** How to reach one API server. Holds credentials: never log it. */
export interface ClusterConnection {
  /** Base URL of the API server. */
  url: string;
  /** PEM certificates to trust instead of the system's. */
  ca?: string;
  skipTLSVerify: boolean;
  /** The bearer token at this moment; undefined where none is needed. */
  token(): string | undefined;
}

/** A cluster of the configuration. */
export interface ConfiguredCluster {
  info: ClusterInfo;
  connection: ClusterConnection;
}

/** Where Kubernetes mounts the credentials of a pod; the token there is replaced before it expires. */
const IN_CLUSTER_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const IN_CLUSTER_CA = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt';

/** The API server of a pod's own cluster, as Argo CD names it. */
const IN_CLUSTER_DESTINATION = 'https://kubernetes.default.svc';

/** How often Argo CD compares every Application at least: `timeout.reconciliation` and its jitter, as they are installed. */
const ARGOCD_REFRESH_SECONDS = 180;

/** Comparisons that may be missed: a controller that restarts, or has a long queue, is not silent. */
const MISSED_REFRESHES = 3;

/** The API version that Argo CD's own manifests install into. */
const ARGOCD_NAMESPACE = 'argocd';

/**
 * Reads the clusters of `@backstage/plugin-kubernetes`, as far as they are in the configuration, and what Slipway needs
 * to know of them besides (`slipway.clusters`). The order is the configuration's.
 */
export function readClusters(config: Config): ConfiguredCluster[] {
  const located = locateClusters(config);
  const extras = readExtras(config, located);
  return located.map(({ cluster, key }) => {
    const name = cluster.getString('name');
    const extra = extras.get(name);
    return {
      info: {
        name,
        title: cluster.getOptionalString('title') ?? name,
        region: extra?.config.getOptionalString('region'),
        sandbox: extra?.config.getOptionalBoolean('sandbox') ?? false,
        argocd: readArgoCD(name, extra, [
          ...located.map(other => other.cluster.getString('name')),
        ]),
      },
      connection: readConnection(cluster, key, () => tokenOf(config, name)),
    };
  });
}

function readExtras(
  config: Config,
  located: LocatedCluster[],
): Map<string, { config: Config; key: string }> {
  const names = located.map(({ cluster }) => cluster.getString('name'));
  const extras = new Map<string, { config: Config; key: string }>();
  (config.getOptionalConfigArray('slipway.clusters') ?? []).forEach(
    (extra, i) => {
      const key = `slipway.clusters[${i}]`;
      const name = extra.getString('name');
      if (!names.includes(name)) {
        throw new InputError(
          `${key}.name is '${name}', which is no cluster of kubernetes.clusterLocatorMethods; there are: ${listed(names)}`,
        );
      }
      if (extras.has(name))
        throw new InputError(
          `${key}.name is '${name}', which ${extras.get(name)!.key}.name is too`,
        );
      extras.set(name, { config: extra, key });
    },
  );
  return extras;
}

function readArgoCD(
  name: string,
  extra: { config: Config; key: string } | undefined,
  names: string[],
): ClusterInfo['argocd'] {
  const argocd = extra?.config.getOptionalConfig('argocd');
  const key = `${extra?.key}.argocd`;
  const cluster = argocd?.getOptionalString('cluster') ?? name;
  if (!names.includes(cluster)) {
    throw new InputError(
      `${key}.cluster is '${cluster}', which is no cluster; there are: ${listed(names)}`,
    );
  }
  const server = argocd?.getOptionalString('destination.server');
  const destinationName = argocd?.getOptionalString('destination.name');
  if (server !== undefined && destinationName !== undefined) {
    throw new InputError(
      `${key}.destination has both server and name; Argo CD takes one of them`,
    );
  }
  if (
    server === undefined &&
    destinationName === undefined &&
    cluster !== name
  ) {
    throw new InputError(
      `${key}.destination is missing: Argo CD runs on '${cluster}', so say by server (URL) or name how it knows the cluster '${name}'`,
    );
  }
  const url = argocd?.getOptionalString('url');
  if (url !== undefined && !/^https?:\/\//.test(url)) {
    throw new InputError(
      `${key}.url is '${url}'; it is an address that a browser can open, such as https://argocd.example.com`,
    );
  }
  const refresh =
    argocd?.getOptionalNumber('refreshSeconds') ?? ARGOCD_REFRESH_SECONDS;
  if (!(refresh >= 0)) {
    throw new InputError(
      `${key}.refreshSeconds is ${refresh}; it is the time in which Argo CD compares every Application once (timeout.reconciliation and its jitter), or 0 where it compares only when it is told to`,
    );
  }
  return {
    cluster,
    ...(refresh > 0 && { silentAfterMs: refresh * MISSED_REFRESHES * 1000 }),
    ...(argocd?.getOptionalBoolean('applicationSet') && {
      applicationSet: true,
    }),
    ...(url !== undefined && { url: url.replace(/\/+$/, '') }),
    namespace: argocd?.getOptionalString('namespace') ?? ARGOCD_NAMESPACE,
    destination:
      destinationName !== undefined
        ? { name: destinationName }
        : { server: server ?? IN_CLUSTER_DESTINATION },
  };
}

/** The configuration may be read anew while we run, and with it a token that was renewed. */
function tokenOf(config: Config, name: string): string | undefined {
  const located = locateClusters(config).find(
    ({ cluster }) => cluster.getOptionalString('name') === name,
  );
  return located?.cluster.getOptionalString('serviceAccountToken');
}

/** What was read last counts while a configuration can't be read that somebody is about to write. */
function newest(
  token: string,
  configured: () => string | undefined,
): () => string {
  let last = token;
  return () => {
    try {
      last = configured() ?? last;
    } catch {
      // Wrong as a whole, which its own check says; a cluster that works is no place for that.
    }
    return last;
  };
}

function readConnection(
  cluster: Config,
  key: string,
  configured: () => string | undefined,
): ClusterConnection {
  const url = cluster.getString('url');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new InputError(
      `${key}.url is '${url}'; it has to be an http:// or https:// URL`,
    );
  }
  const provider =
    cluster
      .getOptionalConfig('authMetadata')
      ?.getOptionalString('kubernetes.io/auth-provider') ??
    cluster.getString('authProvider');
  const ca = readCa(cluster, key);
  const skipTLSVerify = cluster.getOptionalBoolean('skipTLSVerify') ?? false;
  if (provider === 'localKubectlProxy') {
    return { url, ca, skipTLSVerify, token: () => undefined };
  }
  if (provider !== 'serviceAccount') {
    throw new InputError(
      `${key}.authProvider is '${provider}'; Slipway works without a person, so it takes serviceAccount (with serviceAccountToken) or localKubectlProxy`,
    );
  }
  const token = cluster.getOptionalString('serviceAccountToken');
  if (token !== undefined)
    return { url, ca, skipTLSVerify, token: newest(token, configured) };
  if (!existsSync(IN_CLUSTER_TOKEN)) {
    throw new InputError(
      `${key}.serviceAccountToken is missing, and this process runs in no pod whose token it could use`,
    );
  }
  return {
    url,
    ca:
      ca ??
      (existsSync(IN_CLUSTER_CA)
        ? readFileSync(IN_CLUSTER_CA, 'utf8')
        : undefined),
    skipTLSVerify,
    token: () => readFileSync(IN_CLUSTER_TOKEN, 'utf8').trim(),
  };
}

function readCa(cluster: Config, key: string): string | undefined {
  const data = cluster.getOptionalString('caData');
  if (data !== undefined) {
    const pem = Buffer.from(data, 'base64').toString('utf8');
    if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
      throw new InputError(`${key}.caData is no base64 of a PEM certificate`);
    }
    return pem;
  }
  const file = cluster.getOptionalString('caFile');
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(
      `${key}.caFile '${file}' can't be read (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

function listed(names: string[]): string {
  return names.length > 0 ? names.join(', ') : 'none';
}
