import {
  serviceSpecSchema,
  type ServiceSpec,
  type ServiceSpecInput,
} from '@slipway/plugin-slipway-common';
import fc from 'fast-check';

type Spec = ServiceSpecInput['spec'];
type WorkloadInput = NonNullable<Spec['workloads']>[number];
type DatabaseInput = NonNullable<Spec['databases']>[number];

/** Names of workloads, and of what else they can refer to. */
export const WORKLOADS = ['api', 'web', 'jobs', 'a-b', 'default-deny'];
export const DATABASES = ['orders', 'cache', 'x'];

const port = fc.integer({ min: 1, max: 65_535 });
const cpu = fc.constantFrom('1', '0.5', '250m', '1.234', '0');
const bytes = fc.constantFrom('64Mi', '1.5Gi', '1e9', '10G', '512', '9E');
const word = fc.constantFrom('LOG', 'MODE', 'API_HOST', 'ORDERS_URL', 'X');
const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom('yes', '0o7', '12:30', '$(LOG)', '$(MODE)x', '# no', '€'),
);
const path = fc.constantFrom(
  '/tmp',
  '/var/cache',
  '/var-cache',
  '/a/b',
  '/a-b',
  '/.x',
);
const host = fc.constantFrom(
  'a.example.com',
  'b.example.com',
  'xn--c.example.org',
);

/** A list without two items of one key. */
export const unique = <T>(
  item: fc.Arbitrary<T>,
  key: (value: T) => unknown,
  max = 4,
) => fc.uniqueArray(item, { selector: key, maxLength: max });

const need = fc.constantFrom(
  ...WORKLOADS,
  ...DATABASES,
  'nobody',
  'shop/payments',
  'shop/payments/core',
  'shop/cart/api',
  'other/thing',
  'api.stripe.com:443',
  'smtp.example.com:587',
);

const reference = fc.constantFrom(
  { vault: 'team/app#key' },
  { store: 'licenses', key: 'cart', property: 'text' },
);

const probe = fc.record(
  {
    type: fc.constantFrom('http', 'grpc', 'tcp', 'exec'),
    port,
    path: fc.constant('/healthz'),
    command: fc.constant(['true']),
    periodSeconds: fc.integer({ min: 1, max: 60 }),
    successThreshold: fc.integer({ min: 1, max: 5 }),
  },
  { requiredKeys: ['type'] },
);

const patch = fc.record({
  target: fc.record(
    {
      kind: fc.constantFrom(
        'Deployment',
        'Service',
        'Ingress',
        'PersistentVolumeClaim',
        'HorizontalPodAutoscaler',
        'Nothing',
      ),
      name: fc.constantFrom('api', 'web'),
    },
    { requiredKeys: ['kind'] },
  ),
  patch: fc.array(
    fc.record(
      {
        op: fc.constantFrom('add', 'remove', 'replace', 'test'),
        path: fc.constantFrom(
          '/spec/replicas',
          '/spec/template/spec/containers/0/image',
          '/spec/template/spec/containers/-',
          '/spec/template/spec/containers',
          '/spec/template/spec/initContainers',
          '/spec/template/spec/containers/0/resources',
          '/spec/template/spec/containers/0/resources/requests',
          '/spec/resources',
          '/spec/minReplicas',
          '/spec/template',
          '/spec',
          '/metadata',
          '/metadata/name',
          '/metadata/labels',
          '/spec/ports/7',
          '/__proto__/polluted',
        ),
        value: fc.jsonValue({ maxDepth: 2 }),
      },
      { requiredKeys: ['op', 'path'] },
    ),
    { minLength: 1, maxLength: 3 },
  ),
});

const ports = unique(
  fc.record({
    name: fc.constantFrom('http', 'grpc', 'admin'),
    port,
    protocol: fc.constantFrom('http', 'grpc', 'tcp'),
  }),
  ({ name }) => name,
  3,
);

const scale = fc.oneof(
  fc.constant({}),
  fc.record({ replicas: fc.integer({ min: 0, max: 1000 }) }),
  fc.record({
    autoscaling: fc.record({
      min: fc.integer({ min: 1, max: 3 }),
      max: fc.integer({ min: 3, max: 9 }),
    }),
  }),
);

/** Fields that a workload and what an environment overrides in it share. */
export const shared = {
  ports,
  domains: unique(host, value => value, 3),
  needs: unique(need, value => value, 6),
  volumes: unique(
    fc.record({ path, kind: fc.constantFrom('temp', 'disk'), size: bytes }),
    value => value.path,
  ),
  probes: fc.record(
    { startup: probe, readiness: probe, liveness: probe },
    { requiredKeys: [] },
  ),
  env: unique(fc.record({ name: word, value: text }), ({ name }) => name),
  secrets: unique(
    fc.record({
      name: fc.constantFrom('KEY', 'TOKEN', 'ORDERS_PASSWORD'),
      from: reference,
    }),
    ({ name }) => name,
    3,
  ),
  metrics: fc.record({ port }),
  gpu: fc.record({ count: fc.integer({ min: 1, max: 4 }) }),
  schedule: fc.constant('@daily'),
  patches: fc.array(patch, { maxLength: 2 }),
};

/** An image, pinned or not. */
export const image = fc.record(
  {
    repository: fc.constant('registry.example.com/shop/app'),
    revision: fc.constantFrom('v1', 'latest', '1e3'),
  },
  { requiredKeys: ['repository'] },
);

const workload = (name: string): fc.Arbitrary<WorkloadInput> =>
  fc
    .tuple(
      fc.record(
        {
          ...shared,
          name: fc.constant(name),
          kind: fc.constantFrom('Deployment', 'CronJob', 'Worker'),
          image,
          resources: fc.record(
            {
              cpu,
              memory: bytes,
              limits: fc.record({ cpu, memory: bytes }, { requiredKeys: [] }),
            },
            { requiredKeys: ['cpu', 'memory'] },
          ),
        },
        { requiredKeys: ['name', 'image', 'resources'] },
      ),
      scale,
    )
    .map(([fields, more]) => ({ ...fields, ...more }) as WorkloadInput);

const override = (name: string) =>
  fc.tuple(
    fc.record(
      {
        ...shared,
        name: fc.constant(name),
        resources: fc.record({ cpu }, { requiredKeys: [] }),
      },
      { requiredKeys: ['name'] },
    ),
    scale,
  );

const database = (name: string): fc.Arbitrary<DatabaseInput> =>
  fc.record(
    {
      name: fc.constant(name),
      engine: fc.constantFrom('mysql', 'postgres', 'redis', 'mongodb'),
      version: fc.constantFrom('16', '8.0', '7-alpine'),
      size: bytes,
      port,
      credentials: reference,
      mode: fc.constantFrom('statefulset', 'operator'),
    },
    { requiredKeys: ['name', 'engine', 'version', 'size'] },
  ) as fc.Arbitrary<DatabaseInput>;

/** What a generated spec is put together from. */
export interface Declared {
  workloads: fc.Arbitrary<WorkloadInput[]>;
  databases: fc.Arbitrary<DatabaseInput[]>;
  overrides: fc.Arbitrary<Array<[object, object]>>;
}

/** Any spec that the schema takes, with an environment `prod`. */
export function anySpec(name = 'cart'): fc.Arbitrary<ServiceSpec> {
  return specOf(name, {
    workloads: fc
      .subarray(WORKLOADS, { minLength: 1 })
      .chain(names => fc.tuple(...names.map(workload))),
    databases: fc
      .subarray(DATABASES)
      .chain(names => fc.tuple(...names.map(database))),
    overrides: fc
      .subarray(WORKLOADS)
      .chain(names => fc.tuple(...names.map(override))),
  });
}

/** A spec with environments `prod` and `staging`. */
export function specOf(
  name: string,
  declared: Declared,
): fc.Arbitrary<ServiceSpec> {
  return fc.record(declared).map(({ workloads, databases, overrides }) =>
    serviceSpecSchema.parse({
      apiVersion: 'slipway.dev/v1alpha1',
      kind: 'ServiceSpec',
      metadata: { name },
      spec: {
        organization: 'shop',
        owner: 'group:default/checkout',
        workloads,
        databases,
        environments: [
          {
            name: 'prod',
            class: 'production',
            overrides: {
              workloads: overrides.map(([fields, more]) => ({
                ...fields,
                ...more,
              })),
            },
          },
          { name: 'staging', class: 'shared-staging' },
        ],
      },
    }),
  );
}

/** Lists whose order says something, by the name of their field. */
const ORDERED = [
  'ports',
  'patches',
  'patch',
  'command',
  'args',
  'envFrom',
  'headers',
];

/** The same value with every list turned around whose order says nothing. */
export function reordered<T>(value: T, field = ''): T {
  // The value of a patch is somebody's own JSON.
  if (field === 'value') {
    return value;
  }
  if (Array.isArray(value)) {
    const items = value.map(item => reordered(item, field));
    return (ORDERED.includes(field) ? items : items.reverse()) as T;
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, reordered(item, key)]),
    ) as T;
  }
  return value;
}
