import { applyObjects } from './apply.ts';
import type { KubeClient } from './kubeClient.ts';

const ADMIN = 'slipway-admin';
const ADMIN_NAMESPACE = 'kube-system';
const ADMIN_TOKEN_SECONDS = 365 * 86_400;

/**
 * Makes the service account `slipway-admin`, bound to cluster-admin, and gives
 * a token of it: Backstage's cluster configuration knows tokens, not client
 * certificates.
 */
export async function createAdminToken(client: KubeClient): Promise<string> {
  await applyObjects(client, [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: ADMIN, namespace: ADMIN_NAMESPACE },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: ADMIN },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'cluster-admin',
      },
      subjects: [
        { kind: 'ServiceAccount', name: ADMIN, namespace: ADMIN_NAMESPACE },
      ],
    },
  ]);
  return requestToken(client, ADMIN_NAMESPACE, ADMIN, ADMIN_TOKEN_SECONDS);
}

/** A token of any service account, from the TokenRequest API. */
export async function requestToken(
  client: KubeClient,
  namespace: string,
  serviceAccount: string,
  expirationSeconds: number,
): Promise<string> {
  const answer = await client.json<{ status: { token: string } }>(
    'POST',
    `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`,
    {
      contentType: 'application/json',
      content: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds },
      },
    },
  );
  return answer.status.token;
}
