import type { FoundEnvironment } from '../adopt/found';
import type { KubernetesObject } from '../types';

/** A Deployment as an API server answers it, made by hand with labels of its own. */
export function foundDeployment(
  changes: (template: Record<string, any>) => void = () => {},
): KubernetesObject {
  const labels = { app: 'frontend', team: 'red' };
  const template = {
    metadata: { creationTimestamp: null, labels },
    spec: {
      containers: [
        {
          name: 'app',
          image: 'registry.example.com/shop/frontend:1.4.2',
          imagePullPolicy: 'IfNotPresent',
          ports: [{ containerPort: 8080, name: 'web', protocol: 'TCP' }],
          env: [{ name: 'GREETING', value: 'hello' }],
          envFrom: [{ configMapRef: { name: 'frontend-settings' } }],
          resources: {},
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
        },
      ],
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      securityContext: {},
      schedulerName: 'default-scheduler',
    },
  };
  changes(template);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'frontend',
      namespace: 'shop-live',
      labels: { app: 'frontend' },
      annotations: { 'deployment.kubernetes.io/revision': '3' },
    },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'frontend' } },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      template,
    },
    status: { replicas: 3 },
  };
}

/** A Service, a ConfigMap and a Secret beside it, in an Application of another repository. */
export function foundEnvironment(
  overrides: Partial<FoundEnvironment> = {},
): FoundEnvironment {
  const inNamespace = (name: string) => ({ name, namespace: 'shop-live' });
  return {
    namespace: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'shop-live',
        labels: { team: 'red' },
        annotations: { 'slipway.dev/adoptable-by': 'shop' },
      },
    },
    application: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'shop', namespace: 'argocd' },
      spec: {
        project: 'default',
        source: {
          repoURL: 'https://git.example.com/red/deploy.git',
          path: '.',
        },
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: 'shop-live',
        },
      },
      status: {
        resources: [
          {
            group: 'apps',
            version: 'v1',
            kind: 'Deployment',
            name: 'frontend',
          },
          { version: 'v1', kind: 'Service', name: 'frontend' },
          { version: 'v1', kind: 'ConfigMap', name: 'frontend-settings' },
          { version: 'v1', kind: 'Secret', name: 'frontend-keys' },
        ],
      },
    },
    objects: [
      foundDeployment(),
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: inNamespace('frontend'),
        spec: {
          clusterIP: '10.0.0.7',
          clusterIPs: ['10.0.0.7'],
          type: 'ClusterIP',
          sessionAffinity: 'None',
          selector: { app: 'frontend' },
          ports: [{ port: 80, targetPort: 'web', protocol: 'TCP' }],
        },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          ...inNamespace('frontend-settings'),
          ...{ uid: 'as the API server gives it' },
        },
        data: { THEME: 'dark' },
      },
    ],
    destinations: [{ server: 'https://kubernetes.default.svc' }],
    ...overrides,
  };
}
