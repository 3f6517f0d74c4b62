import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parse } from 'yaml';
import { HttpClusters } from '../../../kubernetes';
import { HttpTransport } from '../../../kubernetes/HttpTransport';
import type { KubernetesObject } from '../../../ports/Clusters';
import type { TestClusters } from '../../environment/__testUtils__/clusters';

const NAMESPACE = 'slipway-drift-rbac';

/** The rules of a role in `infra/rbac`. */
export function rulesOf(file: string): object[] {
  const path = resolvePackagePath(
    '@slipway/plugin-slipway-backend',
    '../../infra/rbac',
    file,
  );
  const role = parse(readFileSync(path, 'utf8')) as KubernetesObject;
  return role.rules as object[];
}

/** The clusters as an account sees them that holds these rules and nothing else. */
export async function asAccount(
  admin: TestClusters,
  name: string,
  rules: object[],
): Promise<TestClusters> {
  const clusters = HttpClusters.create({ clusters: admin.configured });
  const hub = clusters.client('hub');
  const rbac = 'rbac.authorization.k8s.io';
  await hub.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE },
  });
  await hub.apply({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: NAMESPACE },
  });
  await hub.apply({
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRole',
    metadata: { name },
    rules,
  });
  await hub.apply({
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace: NAMESPACE }],
  });
  clusters.close();
  const [{ info, connection }] = admin.configured;
  const transport = HttpTransport.create({ cluster: info.name, connection });
  const { body } = await transport.request({
    method: 'POST',
    path: `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${name}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 3600 },
    },
  });
  transport.close();
  const { token } = (body as { status: { token: string } }).status;
  return {
    ...admin,
    configured: [{ info, connection: { ...connection, token: () => token } }],
  };
}
