import {
  looksLikeSecret,
  parseFile,
  serviceSpecSchema,
  stringifyResource,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { planInput } from '../__testUtils__/inputs';
import { planEnvironment } from '../planEnvironment';
import { proposeFirstSpec } from './propose';

/** Enough to find what was found so far; more by hand: `PROPERTY_RUNS=2000`. */
const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 30) };

const SECRET = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';

/** Right, wrong and hostile values that might stand anywhere. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    -1,
    0,
    80,
    70_000,
    true,
    'web',
    'Web_1',
    '8080:80',
    'postgres:16',
    'redis',
    'nginx@sha256:abc',
    'UPPER/Case:tag',
    '../..',
    '/data',
    '*/5 * * * *',
    '10Gi',
    'much',
    '${A:-b}',
    'db:5432',
    SECRET,
    [],
    {},
    ['a', 1, null],
    { name: 'x' },
  ),
  fc.string({ maxLength: 12 }),
  fc.integer({ min: -5, max: 70_000 }),
);

const KEYS = [
  'name',
  'image',
  'ports',
  'env',
  'value',
  'valueFrom',
  'secretKeyRef',
  'configMapRef',
  'volumeMounts',
  'mountPath',
  'resources',
  'requests',
  'limits',
  'cpu',
  'memory',
  'containerPort',
  'readinessProbe',
  'httpGet',
  'port',
  'exec',
  'command',
  'args',
  'environment',
  'API_TOKEN',
  'LOG_LEVEL',
  'build',
  'context',
  'healthcheck',
  'test',
  'depends_on',
  'deploy',
  'replicas',
  'volumes',
];

const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    anything,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('tree'), { maxKeys: 6 }),
  ),
}));

const container = fc.record(
  {
    name: anything,
    image: fc.oneof(
      fc.constantFrom('acme/web:1', 'postgres:16', 'acme/x'),
      anything,
    ),
    ports: fc.oneof(
      fc.array(fc.record({ containerPort: anything, name: anything }), {
        maxLength: 3,
      }),
      tree,
    ),
    env: fc.oneof(
      fc.array(
        fc.record({
          name: fc.constantFrom('API_TOKEN', 'A', 'a-b', ''),
          value: anything,
        }),
        { maxLength: 4 },
      ),
      tree,
    ),
    resources: tree,
    readinessProbe: tree,
    command: fc.oneof(fc.array(anything, { maxLength: 3 }), tree),
    volumeMounts: fc.oneof(
      fc.array(fc.record({ name: anything, mountPath: anything }), {
        maxLength: 3,
      }),
      tree,
    ),
  },
  { requiredKeys: ['image'] },
);

const manifest = fc.record({
  apiVersion: fc.constant('apps/v1'),
  kind: fc.constantFrom(
    'Deployment',
    'StatefulSet',
    'CronJob',
    'Service',
    'Ingress',
    'HorizontalPodAutoscaler',
    'Secret',
    'Odd',
  ),
  metadata: fc.oneof(fc.record({ name: anything }), tree),
  spec: fc.oneof(
    fc.record({
      replicas: anything,
      schedule: anything,
      selector: tree,
      template: fc.record({
        spec: fc.record({
          containers: fc.array(container, { maxLength: 2 }),
          volumes: tree,
        }),
      }),
      jobTemplate: fc.record({
        spec: fc.record({
          template: fc.record({
            spec: fc.record({
              containers: fc.array(container, { maxLength: 2 }),
            }),
          }),
        }),
      }),
    }),
    tree,
  ),
});

const compose = fc.record({
  services: fc.dictionary(
    fc.constantFrom('web', 'db', 'A_B', '1', 'constructor'),
    fc.oneof(
      fc.record(
        {
          image: anything,
          build: anything,
          ports: tree,
          environment: tree,
          volumes: tree,
          command: anything,
          deploy: tree,
          healthcheck: tree,
          depends_on: tree,
        },
        { requiredKeys: [] },
      ),
      tree,
    ),
    { maxKeys: 4 },
  ),
});

const text = fc.oneof(
  fc
    .array(manifest, { maxLength: 5 })
    .map(all => all.map(one => stringify(one)).join('---\n')),
  compose.map(one => stringify(one)),
  fc.string({ maxLength: 200 }),
);

const proposed = (contents: string[]) =>
  proposeFirstSpec({
    organization: 'shop',
    service: 'cart',
    owner: 'group:default/shop',
    files: contents.map((content, i) => ({ path: `k8s/${i}.yaml`, content })),
    source: { repository: 'shop/cart', branch: 'main' },
    registry: 'registry.example.com/shop',
    secretStore: { provider: 'vault' },
  });

describe('whatever stands in a repository', () => {
  it('the first spec parses, plans, and holds no secret; all that was left has a place and a reason', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), contents => {
        const { spec, notTaken } = proposed(contents);
        const written = stringifyResource(spec as ServiceSpec);
        const { problems } = parseFile(written, { kinds: ['ServiceSpec'] });
        expect(problems.filter(({ severity }) => severity === 'error')).toEqual(
          [],
        );
        expect(looksLikeSecret(written)).toBeUndefined();
        expect(JSON.stringify([spec, notTaken])).not.toContain(SECRET);
        for (const { line, what, why } of notTaken) {
          expect(line).toBeGreaterThan(0);
          expect(what && why).toBeTruthy();
        }
        const declared = serviceSpecSchema.parse({
          ...spec,
          spec: {
            ...spec.spec,
            environments: [{ name: 'staging', class: 'small' }],
          },
        });
        expect(
          planEnvironment(planInput({ spec: declared, environment: 'staging' }))
            .digest,
        ).toBeTruthy();
      }),
      RUNS,
    );
  });
});
