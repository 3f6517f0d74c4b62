import {
  compareQuantities,
  parseFile,
  parseQuantity,
  quotaProfileSchema,
  type QuotaProfileInput,
  type ServiceSpecInput,
} from '@slipway/plugin-slipway-common';
import fc from 'fast-check';
import { planEnvironment } from '../planEnvironment';
import { DEFAULT_POLICIES } from '../policy/defaultPolicies';
import type { PlanInput } from '../types';
import {
  anySpec,
  DATABASES,
  image,
  shared,
  specOf,
  unique,
  WORKLOADS,
} from './arbitrary';
import { CLUSTER, environmentClass, planInput, quotaProfile } from './inputs';

type Spec = ServiceSpecInput['spec'];

const CLUSTERS = [
  CLUSTER,
  {
    ...CLUSTER,
    kinds: ['traefik.io/v1alpha1/IngressRoute'],
    argocd: { ...CLUSTER.argocd, vaultPlugin: 'avp' },
  },
  {
    ...CLUSTER,
    kinds: [
      'gateway.networking.k8s.io/v1/HTTPRoute',
      'external-secrets.io/v1/ExternalSecret',
    ],
    gateway: { name: 'public', namespace: 'gateways' },
  },
];

/** Any spec in any of the places where environments can be. */
export const anyInput: fc.Arbitrary<PlanInput> = fc
  .record({
    spec: anySpec(),
    neighbour: anySpec('payments'),
    cluster: fc.constantFrom(...CLUSTERS),
    retain: fc.boolean(),
    released: fc.boolean(),
  })
  .map(({ spec, neighbour, cluster, retain, released }) =>
    planInput({
      spec,
      cluster,
      neighbours: [neighbour],
      policies: [...DEFAULT_POLICIES],
      class: environmentClass({
        policies: ['baseline', 'production', 'data'],
        retain: { databases: retain },
      }),
      release: {
        workloads: released
          ? Object.fromEntries(
              spec.spec.workloads.map(({ name }) => [name, { revision: 'r1' }]),
            )
          : {},
      },
    }),
  );

/** Requests and limits that belong together, written in every way that there is. */
const resources = fc.constantFrom(
  { cpu: '100m', memory: '128Mi' },
  { cpu: '0.5', memory: '1.5Gi' },
  { cpu: '1.234', memory: '1e9', limits: { cpu: '2' } },
  { cpu: '1m', memory: '64Mi', limits: { memory: '1G' } },
  { cpu: '250m', memory: '512Mi', limits: { cpu: '250m', memory: '512Mi' } },
  { cpu: '1', memory: '100000000', limits: { cpu: '1.5', memory: '2Gi' } },
);

const port = fc.integer({ min: 1, max: 65_535 });
const timings = {
  periodSeconds: fc.integer({ min: 1, max: 60 }),
  failureThreshold: fc.integer({ min: 1, max: 9 }),
};
const path = fc.constant('/healthz');
const probe = fc.oneof(
  fc.record(
    { type: fc.constant('http'), port, path, ...timings },
    { requiredKeys: ['type', 'port'] },
  ),
  fc.record(
    { type: fc.constantFrom('grpc', 'tcp'), port, ...timings },
    { requiredKeys: ['type', 'port'] },
  ),
  fc.record(
    { type: fc.constant('exec'), command: fc.constant(['true']), ...timings },
    { requiredKeys: ['type', 'command'] },
  ),
);
const readiness = fc
  .tuple(probe, fc.integer({ min: 1, max: 5 }))
  .map(([fields, successThreshold]) => ({ ...fields, successThreshold }));

/** Ports of one workload: no two of a name or a number. */
const ports = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('http', 'grpc', 'admin'),
    port,
    protocol: fc.constantFrom('http', 'grpc', 'tcp'),
  }),
  {
    minLength: 1,
    maxLength: 3,
    comparator: (a, b) => a.name === b.name || a.port === b.port,
  },
);

const temp = unique(
  fc.record({
    path: fc.constantFrom('/tmp', '/var/cache', '/.x'),
    kind: fc.constant('temp' as const),
    size: fc.constantFrom('64Mi', '1.5Gi', '1e9'),
  }),
  volume => volume.path,
);
const disk = fc
  .record(
    {
      path: fc.constantFrom('/data', '/a-b'),
      size: fc.constantFrom('1Gi', '1.5Gi', '3G'),
    },
    { requiredKeys: ['path', 'size'] },
  )
  .map(volume => [{ ...volume, kind: 'disk' as const }]);

const scale = fc.oneof(
  fc.constant({}),
  fc.record({ replicas: fc.integer({ min: 0, max: 3 }), volumes: temp }),
  fc.record({
    autoscaling: fc.record({
      min: fc.integer({ min: 1, max: 2 }),
      max: fc.integer({ min: 2, max: 3 }),
    }),
  }),
  fc.record({ volumes: disk }),
);

const gpus = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  fc.record({
    gpu: fc.record({ count: fc.integer({ min: 1, max: 2 }) }),
  }),
);

/** What workloads of every kind may say. */
const common = (name: string) =>
  fc.record(
    {
      name: fc.constant(name),
      image,
      resources,
      env: shared.env,
      secrets: shared.secrets,
    },
    { requiredKeys: ['name', 'image', 'resources'] },
  );

/** What only those may say that people and probes call. */
const serving = (name: string) =>
  fc.record(
    {
      ports,
      domains: fc.constant([`${name}.example.com`]),
      probes: fc.record(
        { startup: probe, readiness, liveness: probe },
        { requiredKeys: [] },
      ),
      metrics: fc.record({ port }),
    },
    { requiredKeys: ['ports'] },
  );

const workload = (name: string) =>
  fc
    .oneof(
      fc.tuple(
        common(name),
        fc.constant({ kind: 'Deployment' }),
        scale,
        gpus,
        serving(name),
      ),
      fc.tuple(common(name), fc.constant({ kind: 'Worker' }), scale, gpus),
      fc.tuple(
        common(name),
        fc.constant({ kind: 'CronJob', schedule: '*/5 * * * *' }),
        fc.record({ volumes: temp }),
      ),
    )
    .map(parts => Object.assign({}, ...parts));

const database = (name: string) =>
  fc.record(
    {
      name: fc.constant(name),
      engine: fc.constantFrom('mysql', 'postgres', 'redis', 'mongodb'),
      version: fc.constantFrom('16', '8.0', '7-alpine'),
      size: fc.constantFrom('1Gi', '1.5Gi', '10G'),
      port: fc.integer({ min: 1, max: 65_535 }),
    },
    { requiredKeys: ['name', 'engine', 'version', 'size'] },
  ) as fc.Arbitrary<NonNullable<Spec['databases']>[number]>;

/** A spec as people may write it: nothing in it is refused for itself, whatever the quota says. */
export const modestSpec = specOf('cart', {
  workloads: fc
    .subarray(WORKLOADS, { minLength: 1 })
    .chain(names => fc.tuple(...names.map(workload))),
  databases: fc
    .subarray(DATABASES, { maxLength: 2 })
    .chain(names => fc.tuple(...names.map(database))),
  overrides: fc.constant([]),
}).filter(spec =>
  parseFile(JSON.stringify(spec)).problems.every(
    ({ severity }) => severity !== 'error',
  ),
);

const maybe = <T>(...values: T[]) => fc.constantFrom(undefined, ...values);

/** Absent keys are left out, as the schema wants them. */
const filled = <T extends object>(record: T): T | undefined => {
  const entries = Object.entries(record).filter(([, v]) => v !== undefined);
  return entries.length > 0 ? (Object.fromEntries(entries) as T) : undefined;
};

function inOrder(amounts: Array<string | undefined>): boolean {
  const known = amounts.filter(amount => amount !== undefined);
  return known
    .slice(1)
    .every(
      (amount, index) =>
        compareQuantities(parseQuantity(known[index]), parseQuantity(amount)) <=
        0,
    );
}

/** A profile that such a spec may fit or not, with every kind of limit that a profile can have. */
const profile: fc.Arbitrary<QuotaProfileInput['spec']> = fc
  .record({
    hard: fc.record({
      'requests.cpu': maybe('500m', '2', '8', '1.234'),
      'requests.memory': maybe('1Gi', '4e9', '16Gi'),
      'limits.cpu': maybe('4', '16'),
      'limits.memory': maybe('2Gi', '8Gi', '32G'),
      'requests.storage': maybe('1Gi', '5Gi', '100Gi'),
      'requests.nvidia.com/gpu': maybe(0, 2),
      pods: maybe(1, 4, 30),
      services: maybe(1, 3, 30),
      persistentvolumeclaims: maybe(0, 2, 10),
      'services.loadbalancers': maybe(0),
    }),
    default: fc.record({
      cpu: maybe('500m', '2'),
      memory: maybe('256Mi', '2Gi'),
    }),
    defaultRequest: fc.record({ cpu: maybe('100m'), memory: maybe('64Mi') }),
    min: fc.record({ cpu: maybe('50m'), memory: maybe('32Mi') }),
    max: fc.record({ cpu: maybe('1', '4'), memory: maybe('1Gi', '8Gi') }),
    limited: fc.boolean(),
  })
  // The order that a profile is asked for when it is declared.
  .filter(({ min, defaultRequest, default: limit, max, hard }) =>
    (['cpu', 'memory'] as const).every(
      resource =>
        inOrder([
          min[resource],
          defaultRequest[resource],
          limit[resource],
          max[resource],
        ]) &&
        inOrder([hard[`requests.${resource}`], hard[`limits.${resource}`]]),
    ),
  )
  .map(({ hard, limited, ...limits }) => ({
    hard: filled(hard) ?? {},
    ...(limited && {
      limits: filled({
        default: filled(limits.default),
        defaultRequest: filled(limits.defaultRequest),
        min: filled(limits.min),
        max: filled(limits.max),
      }),
    }),
  }));

const LIMITS = { default: { cpu: '2', memory: '2Gi' } };

const COUNTED = [
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
  'requests.storage',
  'requests.nvidia.com/gpu',
  'pods',
  'services',
  'persistentvolumeclaims',
] as const;

/** The quota that a plan needs to the last unit, and one unit less of one resource. */
function tight(input: PlanInput, less: number): QuotaProfileInput['spec'] {
  const hard = Object.fromEntries(COUNTED.map(name => [name, '1']));
  const plan = planEnvironment({
    ...input,
    quota: quotaProfileSchema.parse({
      ...input.quota,
      spec: { hard: { ...hard, ...countsOf(hard) }, limits: LIMITS },
    }),
  });
  const used = COUNTED.map((resource): [string, string] => {
    const line = plan.quota.find(one => one.resource === resource);
    const { nanos } = parseQuantity(line!.after);
    const unit = resource.endsWith('.cpu') ? 1_000_000n : 1_000_000_000n;
    const short = COUNTED[less] === resource && nanos > 0n ? 1n : 0n;
    return [
      resource,
      `${nanos / unit - short}${resource.endsWith('.cpu') ? 'm' : ''}`,
    ];
  });
  const amounts = Object.fromEntries(used);
  return { hard: { ...amounts, ...countsOf(amounts) }, limits: LIMITS };
}

/** What a profile counts it writes as numbers. */
function countsOf(hard: Record<string, string>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(hard)
      .filter(([name]) => !/cpu|memory|storage/.test(name))
      .map(([name, amount]) => [name, Number(amount)]),
  );
}

/** A modest spec under a profile that may be too small for it, or too small by one unit. */
export const quotaInput: fc.Arbitrary<PlanInput> = fc
  .record({
    spec: modestSpec,
    profile,
    retain: fc.boolean(),
    tightly: fc.boolean(),
    less: fc.integer({ min: -COUNTED.length, max: COUNTED.length - 1 }),
  })
  .map(({ spec, profile: quota, retain, tightly, less }) => {
    const input = planInput({
      spec,
      class: environmentClass({ retain: { databases: retain } }),
      quota: quotaProfile({ limits: undefined, ...quota }),
    });
    return tightly
      ? {
          ...input,
          quota: quotaProfile({ limits: undefined, ...tight(input, less) }),
        }
      : input;
  });

/** A spec that plan() has nothing against, in any of the places where environments can be. */
export const modestInput: fc.Arbitrary<PlanInput> = fc
  .record({
    spec: modestSpec,
    cluster: fc.constantFrom(...CLUSTERS),
    retain: fc.boolean(),
  })
  .map(({ spec, cluster, retain }) =>
    planInput({
      spec,
      cluster,
      class: environmentClass({ retain: { databases: retain } }),
      quota: quotaProfile({ hard: {}, limits: undefined }),
    }),
  );
