import { JsonObject } from '../json';

/** The roles and bindings that every cluster has from its first moment, as far as the sandbox' clients rely on them. */

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];

const WORKLOADS: [string, string[]][] = [
  [
    '',
    [
      'pods',
      'services',
      'configmaps',
      'persistentvolumeclaims',
      'serviceaccounts',
      'events',
      'pods/log',
      'pods/status',
      'limitranges',
      'resourcequotas',
      'namespaces',
    ],
  ],
  [
    'apps',
    [
      'deployments',
      'replicasets',
      'statefulsets',
      'deployments/status',
      'replicasets/status',
      'statefulsets/status',
    ],
  ],
  ['batch', ['cronjobs', 'jobs', 'cronjobs/status', 'jobs/status']],
  ['networking.k8s.io', ['ingresses', 'networkpolicies']],
  ['autoscaling', ['horizontalpodautoscalers']],
  ['policy', ['poddisruptionbudgets']],
];

const READ_ONLY = new Set([
  'events',
  'pods/log',
  'limitranges',
  'resourcequotas',
  'namespaces',
]);

function viewRules(): JsonObject[] {
  return WORKLOADS.map(([group, resources]) => ({
    apiGroups: [group],
    resources,
    verbs: READ,
  }));
}

function editRules(): JsonObject[] {
  const writable = WORKLOADS.map(([group, resources]) => ({
    apiGroups: [group],
    resources: resources.filter(
      one => !READ_ONLY.has(one) && !one.endsWith('/status'),
    ),
    verbs: WRITE,
  }));
  return [
    ...viewRules(),
    ...writable,
    { apiGroups: [''], resources: ['secrets'], verbs: [...READ, ...WRITE] },
  ];
}

function role(name: string, rules: JsonObject[]): JsonObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: {
      name,
      labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
    },
    rules,
  };
}

function binding(name: string, group: string): JsonObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: {
      name,
      labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
    },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name,
    },
    subjects: [
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group },
    ],
  };
}

export function bootstrapObjects(): JsonObject[] {
  const everything = [
    { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
    { nonResourceURLs: ['*'], verbs: ['*'] },
  ];
  const rbac = {
    apiGroups: ['rbac.authorization.k8s.io'],
    resources: ['roles', 'rolebindings'],
    verbs: [...READ, ...WRITE],
  };
  const reviews = [
    {
      apiGroups: ['authorization.k8s.io'],
      resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
      verbs: ['create'],
    },
    {
      apiGroups: ['authentication.k8s.io'],
      resources: ['selfsubjectreviews'],
      verbs: ['create'],
    },
  ];
  const discovery = [
    '/api',
    '/api/*',
    '/apis',
    '/apis/*',
    '/healthz',
    '/livez',
    '/openapi',
    '/openapi/*',
    '/readyz',
    '/version',
    '/version/',
  ];
  const open = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
  return [
    ...['default', 'kube-system', 'kube-public', 'kube-node-lease'].map(
      name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
    ),
    role('cluster-admin', everything),
    role('admin', [...editRules(), rbac]),
    role('edit', editRules()),
    role('view', viewRules()),
    role('system:basic-user', reviews),
    role('system:discovery', [{ nonResourceURLs: discovery, verbs: ['get'] }]),
    role('system:public-info-viewer', [
      { nonResourceURLs: open, verbs: ['get'] },
    ]),
    binding('cluster-admin', 'system:masters'),
    binding('system:basic-user', 'system:authenticated'),
    binding('system:discovery', 'system:authenticated'),
    {
      ...binding('system:public-info-viewer', 'system:authenticated'),
      subjects: ['system:authenticated', 'system:unauthenticated'].map(
        name => ({
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Group',
          name,
        }),
      ),
    },
  ];
}
