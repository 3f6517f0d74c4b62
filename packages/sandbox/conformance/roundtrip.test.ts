import { Body, Target, namespaceFor, until } from './target';

/**
 * What Slipway renders, applied and read back. The snapshots hold for the sandbox and for a real server alike: what one
 * fills in and the other doesn't would show as drift.
 */

const container = {
  name: 'web',
  image:
    'registry.test/web@sha256:0123456789012345678901234567890123456789012345678901234567890123',
  args: ['--port', '8080'],
  ports: [{ name: 'grpc', containerPort: 8080 }],
  env: [
    { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'a' } } },
    { name: 'EMPTY', value: '' },
  ],
  resources: {
    requests: { cpu: '0.1', memory: '128Mi' },
    limits: { memory: '128Mi', 'ephemeral-storage': '1Gi' },
  },
  livenessProbe: { grpc: { port: 8080 } },
  readinessProbe: {
    httpGet: { port: 'grpc', path: '/ready' },
    periodSeconds: 5,
  },
  startupProbe: { tcpSocket: { port: 8080 }, failureThreshold: 30 },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  volumeMounts: [
    { name: 'tmp', mountPath: '/tmp' },
    { name: 'keys', mountPath: '/keys', readOnly: true },
  ],
};

const podSpec = {
  serviceAccountName: 'web',
  automountServiceAccountToken: false,
  securityContext: {
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  containers: [container],
  volumes: [
    { name: 'tmp', emptyDir: { sizeLimit: '1024Mi' } },
    { name: 'keys', secret: { secretName: 'keys' } },
    { name: 'map', configMap: { name: 'map' } },
    {
      name: 'all',
      projected: {
        sources: [
          { serviceAccountToken: { path: 'token' } },
          { secret: { name: 'keys' } },
        ],
      },
    },
  ],
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { app: 'web' } },
    },
  ],
};

const template = { metadata: { labels: { app: 'web' } }, spec: podSpec };
const simple = { name: 'main', image: 'registry.test/main' };

const MANIFESTS: Record<string, [string, Body]> = {
  Deployment: [
    'apis/apps/v1/deployments',
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'web' } },
        strategy: { rollingUpdate: { maxUnavailable: 0 } },
        template,
      },
    },
  ],
  'Deployment that is recreated': [
    'apis/apps/v1/deployments',
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'web' } },
        strategy: { type: 'Recreate' },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers: [simple],
            initContainers: [{ ...simple, name: 'init' }],
          },
        },
      },
    },
  ],
  StatefulSet: [
    'apis/apps/v1/statefulsets',
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      spec: {
        replicas: 0,
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: {
          metadata: { labels: { app: 'db' } },
          spec: {
            containers: [
              {
                ...simple,
                volumeMounts: [{ name: 'data', mountPath: '/data' }],
              },
            ],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1024Mi' } },
            },
          },
        ],
      },
    },
  ],
  CronJob: [
    'apis/batch/v1/cronjobs',
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      spec: {
        schedule: '0 3 * * *',
        suspend: true,
        jobTemplate: {
          spec: {
            template: {
              spec: { restartPolicy: 'OnFailure', containers: [simple] },
            },
          },
        },
      },
    },
  ],
  Job: [
    'apis/batch/v1/jobs',
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      spec: {
        suspend: true,
        template: { spec: { restartPolicy: 'Never', containers: [simple] } },
      },
    },
  ],
  Service: [
    'api/v1/services',
    {
      apiVersion: 'v1',
      kind: 'Service',
      spec: {
        selector: { app: 'web' },
        ports: [
          {
            name: 'grpc',
            port: 80,
            targetPort: 'grpc',
            appProtocol: 'kubernetes.io/h2c',
          },
        ],
      },
    },
  ],
  'headless Service': [
    'api/v1/services',
    {
      apiVersion: 'v1',
      kind: 'Service',
      spec: {
        clusterIP: 'None',
        selector: { app: 'db' },
        ports: [{ port: 3306 }],
      },
    },
  ],
  'ExternalName Service': [
    'api/v1/services',
    {
      apiVersion: 'v1',
      kind: 'Service',
      spec: { type: 'ExternalName', externalName: 'example.test' },
    },
  ],
  NetworkPolicy: [
    'apis/networking.k8s.io/v1/networkpolicies',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: { a: 'b' } },
                podSelector: {},
              },
            ],
            ports: [{ port: 80 }],
          },
        ],
        egress: [
          {
            to: [{ ipBlock: { cidr: '10.0.0.0/8' } }],
            ports: [{ port: 53, protocol: 'UDP' }],
          },
        ],
      },
    },
  ],
  'NetworkPolicy that closes all': [
    'apis/networking.k8s.io/v1/networkpolicies',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
  ],
  Ingress: [
    'apis/networking.k8s.io/v1/ingresses',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      spec: {
        tls: [{ hosts: ['a.test'], secretName: 'tls' }],
        rules: [
          {
            host: 'a.test',
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'web', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
  ],
  HorizontalPodAutoscaler: [
    'apis/autoscaling/v2/horizontalpodautoscalers',
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'web',
        },
        minReplicas: 2,
        maxReplicas: 5,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: 70 },
            },
          },
        ],
      },
    },
  ],
  'plain HorizontalPodAutoscaler': [
    'apis/autoscaling/v2/horizontalpodautoscalers',
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'web',
        },
        maxReplicas: 5,
        behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
      },
    },
  ],
  PodDisruptionBudget: [
    'apis/policy/v1/poddisruptionbudgets',
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
    },
  ],
  PersistentVolumeClaim: [
    'api/v1/persistentvolumeclaims',
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'none',
        resources: { requests: { storage: '1.5Gi' } },
      },
    },
  ],
  ResourceQuota: [
    'api/v1/resourcequotas',
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      spec: {
        hard: {
          'requests.cpu': '4000m',
          'limits.memory': '8192Mi',
          pods: '20',
          'count/jobs.batch': '50',
        },
      },
    },
  ],
  LimitRange: [
    'api/v1/limitranges',
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      spec: {
        limits: [
          {
            type: 'Container',
            default: { cpu: '500m', memory: '256Mi' },
            max: { cpu: '2' },
          },
          { type: 'PersistentVolumeClaim', max: { storage: '10Gi' } },
        ],
      },
    },
  ],
  Secret: [
    'api/v1/secrets',
    {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/basic-auth',
      stringData: { username: 'u', password: 'p' },
    },
  ],
  ServiceAccount: [
    'api/v1/serviceaccounts',
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      automountServiceAccountToken: false,
      imagePullSecrets: [{ name: 'pull' }],
    },
  ],
  Role: [
    'apis/rbac.authorization.k8s.io/v1/roles',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    },
  ],
  RoleBinding: [
    'apis/rbac.authorization.k8s.io/v1/rolebindings',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      roleRef: {
        kind: 'ClusterRole',
        name: 'view',
        apiGroup: 'rbac.authorization.k8s.io',
      },
      subjects: [
        { kind: 'Group', name: 'team' },
        { kind: 'ServiceAccount', name: 'default' },
      ],
    },
  ],
  Lease: [
    'apis/coordination.k8s.io/v1/leases',
    {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      spec: {
        holderIdentity: 'me',
        leaseDurationSeconds: 15,
        renewTime: '2026-01-01T00:00:00.000000Z',
      },
    },
  ],
  Pod: [
    'api/v1/pods',
    {
      apiVersion: 'v1',
      kind: 'Pod',
      spec: {
        automountServiceAccountToken: false,
        serviceAccountName: 'default',
        schedulerName: 'nobody',
        containers: [simple],
      },
    },
  ],
};

describe('a round trip through the API', () => {
  let target: Target;
  let namespace: string;

  beforeAll(async () => {
    target = await Target.connect();
    namespace = await namespaceFor(target, 'trip');
  }, 30_000);

  afterAll(async () => {
    await target.delete(`/api/v1/namespaces/${namespace}`);
    await target.stop();
  });

  /** Without what differs from run to run, and what controllers add in their own time. */
  const lasting = (object: Body) => {
    const { metadata, status, ...rest } = object;
    const {
      name,
      uid,
      namespace: _,
      creationTimestamp,
      resourceVersion,
      managedFields,
      ...others
    } = metadata;
    if (rest.spec?.clusterIP?.includes('.')) {
      delete rest.spec.clusterIP;
      delete rest.spec.clusterIPs;
    }
    const text = JSON.stringify({ ...rest, metadata: others }).replaceAll(
      namespace,
      'NAMESPACE',
    );
    const identity = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
    return JSON.parse(text.replace(identity, 'UID'));
  };

  const fields = (metadata: Body) =>
    metadata.managedFields.find((one: Body) => one.manager === 'trip').fieldsV1;

  it.each(Object.keys(MANIFESTS))(
    'leaves a %s as a real server would',
    async key => {
      const [path, manifest] = MANIFESTS[key];
      const parts = path.split('/');
      const plural = parts.pop();
      const name = key.toLowerCase().replace(/ /g, '-');
      const url = `/${parts.join('/')}/namespaces/${namespace}/${plural}/${name}`;
      const applied = await target.apply(url, 'trip', manifest, {
        fieldValidation: 'Strict',
        dryRun: 'All',
      });
      expect([applied.status, applied.body.message]).toEqual([201, undefined]);
      expect(lasting(applied.body)).toMatchSnapshot();
      expect(
        applied.body.metadata.managedFields.map((one: Body) => one.fieldsV1),
      ).toMatchSnapshot();
    },
  );

  it.each(Object.keys(MANIFESTS))(
    'finds no difference when a %s is applied again',
    async key => {
      const [path, manifest] = MANIFESTS[key];
      const parts = path.split('/');
      const plural = parts.pop();
      const name = key.toLowerCase().replace(/ /g, '-');
      const url = `/${parts.join('/')}/namespaces/${namespace}/${plural}/${name}`;
      expect((await target.apply(url, 'trip', manifest)).status).toBe(201);
      // Controllers may write in between: both answers must be of one moment.
      let live: Body;
      const again = await until(
        async () => {
          live = (await target.get(url)).body;
          return target.apply(url, 'trip', manifest, { dryRun: 'All' });
        },
        ({ body }) =>
          body.metadata.resourceVersion === live.metadata.resourceVersion,
      );
      const { metadata, ...rest } = live;
      const { metadata: other, ...others } = again.body;
      expect({
        ...others,
        status: null,
        generation: other.generation,
        owned: fields(other),
      }).toEqual({
        ...rest,
        status: null,
        generation: metadata.generation,
        owned: fields(metadata),
      });
    },
  );
});
