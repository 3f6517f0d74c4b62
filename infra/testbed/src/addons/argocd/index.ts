import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crdBundle, readBundle, readCrdBundle } from '../../crds.ts';
import { applyObjects } from '../../apply.ts';
import type { TestbedCluster } from '../../cluster.ts';
import { isNotFound } from '../../errors.ts';
import { writeFileAtomic } from '../../files.ts';
import type { KubeClient } from '../../kubeClient.ts';
import type { KubeObject } from '../../manifests.ts';
import {
  clusterPaths,
  listClusterNames,
  readRecord,
  type ClusterPaths,
} from '../../state.ts';
import { waitFor } from '../../wait.ts';
import type { Addon } from '../addon.ts';
import {
  ARGOCD_COMPONENTS,
  ARGOCD_PROGRAMS,
  ARGOCD_SERVER,
  argocdServerUrl,
} from './components.ts';
import { ARGOCD_NAMESPACE } from './names.ts';

const PASSWORD_TIMEOUT_MS = 30_000;

/**
 * Argo CD as it runs in the first cluster.
 *
 * @public
 */
export interface TestbedArgoCD {
  /** Of argocd-server's API. */
  url: string;
  /** Of its user `admin`. */
  adminPassword: string;
  /** Process ids by program, for tests that pause or kill one of them. */
  pids: Record<string, number>;
}

/** Argo CD as it is installed by its own manifests, but as processes beside the first cluster, for all clusters. */
export const argocdAddon: Addon = {
  name: 'argocd',
  needs: ['kwok'],
  modules: ['argocd', 'redis'],
  hub: true,
  components: ARGOCD_COMPONENTS,
  async objects(log) {
    const crds = await readCrdBundle(crdBundle('argocd-crds'), log);
    const config = await readBundle(
      {
        name: 'argocd-crds',
        sources: [
          {
            goModule: 'github.com/argoproj/argo-cd/v3',
            folder: 'manifests/base/config',
          },
        ],
      },
      log,
    );
    return [
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: ARGOCD_NAMESPACE },
      },
      ...crds,
      ...config.map(object => ({
        ...object,
        metadata: { ...object.metadata, namespace: ARGOCD_NAMESPACE },
      })),
    ];
  },
  async afterStart({ paths, client, clusters }) {
    await applyObjects(client, clusters.map(clusterSecret));
    writeFileAtomic(passwordFile(paths), await initialPassword(client));
  },
};

/** How Argo CD is told of a cluster that it may deploy to: by its own URL, the one in which Argo CD runs, too. */
function clusterSecret(cluster: TestbedCluster): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `destination-${cluster.name}`,
      namespace: ARGOCD_NAMESPACE,
      labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
    },
    type: 'Opaque',
    stringData: {
      name: cluster.name,
      server: cluster.url,
      config: JSON.stringify({
        bearerToken: cluster.adminToken,
        tlsClientConfig: { caData: cluster.caData },
      }),
    },
  };
}

/** argocd-server makes it up when it starts for the first time. */
async function initialPassword(client: KubeClient): Promise<string> {
  const secret = await waitFor(
    "Argo CD's initial password",
    async () => {
      const { status, body } = await client.request(
        'GET',
        `/api/v1/namespaces/${ARGOCD_NAMESPACE}/secrets/argocd-initial-admin-secret`,
      );
      return status === 200
        ? (JSON.parse(body) as { data: { password: string } })
        : undefined;
    },
    { timeoutMs: PASSWORD_TIMEOUT_MS },
  );
  return Buffer.from(secret.data.password, 'base64').toString('utf8');
}

function passwordFile(paths: ClusterPaths): string {
  return join(paths.dir, 'argocd', 'admin-password');
}

/** Gives the Argo CD of a state folder's clusters, if there is one. */
export function openArgoCD(stateRoot: string): TestbedArgoCD | undefined {
  const [first] = listClusterNames(stateRoot);
  if (first === undefined) return undefined;
  const paths = clusterPaths(stateRoot, first);
  const processes = readRecord(paths)?.processes ?? {};
  const server = processes[ARGOCD_SERVER];
  if (!server) return undefined;
  try {
    return {
      url: argocdServerUrl(server.port),
      adminPassword: readFileSync(passwordFile(paths), 'utf8'),
      pids: Object.fromEntries(
        ARGOCD_PROGRAMS.flatMap(name =>
          processes[name] ? [[name, processes[name].pid]] : [],
        ),
      ),
    };
  } catch (error) {
    // It is still starting.
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
