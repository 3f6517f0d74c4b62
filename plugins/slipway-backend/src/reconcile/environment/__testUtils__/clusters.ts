import type { Sandbox } from '@slipway/sandbox';
import type { ConfiguredCluster } from '../../../kubernetes';
import { HttpClusters } from '../../../kubernetes';
import type { ClusterInfo } from '../../../ports/Clusters';

/** Clusters for the tests of one file. */
export interface TestClusters {
  /** The first runs Argo CD for all. */
  configured: ConfiguredCluster[];
  /** Only where the clusters are the sandbox's. */
  sandbox?: Sandbox;
  stop(): Promise<void>;
}

const ARGOCD_NAMESPACE = 'argocd';

/** The cluster that Argo CD itself runs in. */
export const IN_CLUSTER = { server: 'https://kubernetes.default.svc' };

/** Kinds of Argo CD as loose as they can be, for an API server without them. */
const CRDS = [
  ['Application', 'applications'],
  ['AppProject', 'appprojects'],
  ['ApplicationSet', 'applicationsets'],
].map(([kind, plural]) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.argoproj.io` },
  spec: {
    group: 'argoproj.io',
    names: {
      kind,
      plural,
      singular: kind.toLowerCase(),
      listKind: `${kind}List`,
    },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      },
    ],
  },
}));

/** The API server that the environment names, as the hub and the cluster in one; undefined when it names none. */
export function realClusters(
  env = process.env,
): (() => Promise<TestClusters>) | undefined {
  const {
    SLIPWAY_TEST_CLUSTER_URL: url,
    SLIPWAY_TEST_CLUSTER_TOKEN: token,
    SLIPWAY_TEST_CLUSTER_CA: ca,
  } = env;
  if (!url || !token) return undefined;
  const connection = {
    url,
    token,
    ca: ca && Buffer.from(ca, 'base64').toString('utf8'),
  };
  return async () => {
    const configured = [configure('hub', IN_CLUSTER, connection)];
    await prepare(configured);
    return { configured, stop: async () => {} };
  };
}

/** A cluster of the configuration, with its Argo CD on `hub`. */
export function configure(
  name: string,
  destination: ClusterInfo['argocd']['destination'],
  { url, token, ca }: { url: string; token: string; ca?: string },
): ConfiguredCluster {
  return {
    info: {
      name,
      title: name,
      region: name,
      sandbox: false,
      argocd: { cluster: 'hub', namespace: ARGOCD_NAMESPACE, destination },
    },
    connection: { url, ca, skipTLSVerify: false, token: () => token },
  };
}

/** Makes sure that Argo CD's namespace and kinds are there; those of ApplicationSets only where they are asked for. */
export async function prepare(
  configured: ConfiguredCluster[],
  { applicationSets = false } = {},
): Promise<void> {
  const clusters = HttpClusters.create({ clusters: configured });
  const hub = clusters.client('hub');
  await hub.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: ARGOCD_NAMESPACE },
  });
  for (const crd of CRDS) {
    const [version] = crd.spec.versions;
    const kind = {
      apiVersion: `${crd.spec.group}/${version.name}`,
      kind: crd.spec.names.kind,
    };
    if (kind.kind === 'ApplicationSet' && !applicationSets) continue;
    if (!(await hub.serves(kind))) await hub.apply(crd);
  }
  clusters.close();
}
