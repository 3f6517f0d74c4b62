import type { ClusterFacts, PlanInput } from '../types';
import {
  CLUSTER,
  environmentClass,
  organization,
  planInput,
  quotaProfile,
  serviceSpec,
  workload,
} from './inputs';

/** A spec that uses every field that there is. */
export function everything(overrides: Partial<PlanInput> = {}): PlanInput {
  return planInput({
    organization: organization(),
    class: environmentClass({
      routes: { kind: 'Auto', tls: { enabled: true, issuer: 'letsencrypt' } },
    }),
    quota: quotaProfile({
      hard: {
        'requests.cpu': '32',
        'requests.memory': '64Gi',
        'requests.storage': '1Ti',
        'requests.nvidia.com/gpu': 2,
        pods: 100,
        services: 20,
        persistentvolumeclaims: 10,
      },
      limits: {
        default: { cpu: '2', memory: '4Gi' },
        defaultRequest: { cpu: '100m', memory: '128Mi' },
        max: { cpu: '8', memory: '32Gi' },
      },
    }),
    spec: serviceSpec({
      owner: 'group:default/checkout',
      workloads: [
        workload({
          name: 'api',
          image: {
            repository: 'registry.example.com/shop/api',
            revision: 'v1.4.0',
            digest: `sha256:${'ab'.repeat(32)}`,
          },
          port: undefined,
          ports: [
            { name: 'grpc', port: 9090, protocol: 'grpc' },
            { name: 'http', port: 8080 },
          ],
          domains: ['api.example.com', 'api.shop.example.com'],
          needs: ['orders', 'cache', 'shop/payments', 'api.stripe.com:443'],
          autoscaling: { min: 2, max: 6, cpu: 70 },
          resources: {
            cpu: '250m',
            memory: '256Mi',
            limits: { cpu: '1', memory: '512Mi' },
          },
          probes: {
            startup: { type: 'grpc', failureThreshold: 30 },
            readiness: { type: 'grpc', service: 'ready' },
            liveness: {
              type: 'http',
              port: 8080,
              path: '/healthz',
              headers: [{ name: 'X-Probe', value: 'yes' }],
            },
          },
          env: [
            { name: 'DSN', value: '$(ORDERS_USER)@$(ORDERS_ADDR)' },
            { name: 'LOG_LEVEL', value: 'info' },
          ],
          envFrom: [{ secret: 'feature-flags', optional: true, prefix: 'FF_' }],
          secrets: [
            { name: 'API_KEY', from: { vault: 'cart/api#key' } },
            {
              name: 'LICENSE',
              from: { store: 'licenses', key: 'cart', property: 'text' },
            },
          ],
          metrics: { port: 8080 },
          volumes: [{ path: '/tmp', size: '64Mi' }],
        }),
        workload({
          name: 'web',
          port: 80,
          domains: ['shop.example.com'],
          needs: ['api'],
          replicas: 2,
          command: ['/bin/web'],
          args: ['--port', '80'],
          patches: [
            {
              target: { kind: 'Deployment' },
              patch: [
                {
                  op: 'add',
                  path: '/spec/template/spec/priorityClassName',
                  value: 'customer-facing',
                },
              ],
            },
          ],
        }),
        workload({
          name: 'indexer',
          kind: 'Worker',
          port: undefined,
          needs: ['orders'],
          gpu: { count: 1 },
          runtimeClass: 'nvidia',
          volumes: [{ path: '/var/lib/index', kind: 'disk', size: '20Gi' }],
        }),
        workload({
          name: 'report',
          kind: 'CronJob',
          port: undefined,
          schedule: '15 3 * * *',
          needs: ['orders'],
        }),
        workload({
          name: 'unbuilt',
          image: { repository: 'registry.example.com/shop/unbuilt' },
        }),
      ],
      databases: [
        { name: 'orders', engine: 'postgres', version: '16', size: '10Gi' },
        {
          name: 'cache',
          engine: 'redis',
          version: '7',
          size: '1Gi',
          port: 6380,
        },
        {
          name: 'legacy',
          engine: 'mysql',
          version: '8.0',
          size: '5Gi',
          credentials: { vault: 'cart/legacy#password' },
        },
        { name: 'events', engine: 'mongodb', version: '7', size: '5Gi' },
      ],
      environments: [
        {
          name: 'prod',
          class: 'production',
          overrides: {
            workloads: [
              { name: 'web', env: [{ name: 'THEME', value: 'dark' }] },
              { name: 'indexer', resources: { memory: '2Gi' } },
            ],
          },
        },
      ],
    }),
    neighbours: [
      serviceSpec(
        {
          workloads: [
            workload({ name: 'core', port: 7000 }),
            workload({ name: 'batch', kind: 'Worker', port: undefined }),
          ],
        },
        'payments',
      ),
      serviceSpec(
        {
          organization: 'marketing',
          workloads: [workload({ name: 'mailer', needs: ['shop/cart/api'] })],
        },
        'newsletter',
      ),
    ],
    ...overrides,
  });
}

/** A few workloads that are reached from outside and have secrets, for clusters of many kinds. */
export function reachable(cluster: Partial<ClusterFacts>): PlanInput {
  return planInput({
    class: environmentClass({
      routes: { kind: 'Auto', tls: { enabled: true, issuer: 'letsencrypt' } },
    }),
    cluster: { ...CLUSTER, ...cluster },
    spec: serviceSpec({
      workloads: [
        workload({
          name: 'api',
          port: undefined,
          ports: [{ name: 'grpc', port: 9090, protocol: 'grpc' }],
          domains: ['api.example.com'],
          secrets: [{ name: 'API_KEY', from: { vault: 'cart/api#key' } }],
          volumes: [{ path: '/var/lib/api', kind: 'disk', size: '1Gi' }],
        }),
        workload({ domains: ['shop.example.com', 'www.example.com'] }),
      ],
    }),
  });
}
