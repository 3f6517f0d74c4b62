import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyPackSchema } from '@slipway/plugin-slipway-common';
import { parse } from 'yaml';
import {
  environmentClass,
  planInput,
  serviceSpec,
  workload,
} from '../__testUtils__/inputs';
import { UPDATE } from '../__testUtils__/update';
import { planEnvironment } from '../planEnvironment';
import { DEFAULT_POLICIES } from './defaultPolicies';

const FOLDER = join(__dirname, '../../../../docs/examples/platform/policies');

const packs = readdirSync(FOLDER)
  .sort()
  .map(file =>
    policyPackSchema.parse(parse(readFileSync(join(FOLDER, file), 'utf8'))),
  );

if (UPDATE && JSON.stringify(DEFAULT_POLICIES) !== JSON.stringify(packs)) {
  writeFileSync(
    join(__dirname, 'defaultPolicies.ts'),
    `import type { PolicyPack } from '@slipway/plugin-slipway-common';

/**
 * The packs of \`docs/examples/platform/policies\`, which this file is made
 * from: \`UPDATE_GOLDEN=1 yarn workspace @slipway/plan test\`, then prettier.
 *
 * @public
 */
export const DEFAULT_POLICIES: readonly PolicyPack[] = ${JSON.stringify(packs, null, 2)};
`,
  );
}

type WorkloadInput = Parameters<typeof workload>[0];

/** Rules that don't hold, with a well-behaved spec as the start. */
function broken(
  overrides: WorkloadInput = {},
  options: {
    retain?: boolean;
    tls?: boolean;
    database?: boolean;
  } = {},
) {
  const plan = planEnvironment(
    planInput({
      policies: [...DEFAULT_POLICIES],
      class: environmentClass({
        policies: ['baseline', 'production', 'data'],
        retain: { databases: options.retain ?? true },
        routes: { tls: { enabled: options.tls ?? true } },
      }),
      spec: serviceSpec({
        workloads: [
          workload({
            replicas: 2,
            resources: {
              cpu: '100m',
              memory: '128Mi',
              limits: { memory: '256Mi' },
            },
            ...overrides,
          }),
        ],
        databases: options.database
          ? [{ name: 'db', engine: 'postgres', version: '16', size: '1Gi' }]
          : [],
      }),
    }),
  );
  expect(plan.problems).toEqual([]);
  return plan.verdicts
    .filter(({ result }) => result !== 'pass')
    .map(({ rule, result }) => `${result} ${rule}`);
}

const patch = (kind: string, path: string, value: unknown) => ({
  patches: [{ target: { kind }, patch: [{ op: 'add' as const, path, value }] }],
});

describe('DEFAULT_POLICIES', () => {
  it('are the packs of the examples', () => {
    expect(DEFAULT_POLICIES).toEqual(packs);
  });

  it('have a fix for every rule', () => {
    const rules = DEFAULT_POLICIES.flatMap(({ spec }) => spec.rules);
    expect(rules.filter(({ fix }) => !fix)).toEqual([]);
  });

  it('hold for what Slipway renders from a spec that thought of everything', () => {
    expect(
      broken({ domains: ['shop.example.com'] }, { database: true }),
    ).toEqual([]);
    expect(
      broken({
        kind: 'CronJob',
        port: undefined,
        replicas: undefined,
        schedule: '@daily',
      }),
    ).toEqual([]);
  });

  const container = '/spec/template/spec/containers/0';
  it.each<[string, WorkloadInput]>([
    [
      'deny no-latest',
      { image: { repository: 'example.com/x', revision: 'latest' } },
    ],
    [
      'deny no-latest',
      patch('Deployment', `${container}/image`, 'localhost:5000/x'),
    ],
    [
      'deny requests',
      patch('Deployment', `${container}/resources/requests`, { cpu: '1' }),
    ],
    [
      'deny unprivileged',
      patch('Deployment', `${container}/securityContext/privileged`, true),
    ],
    [
      'deny unprivileged',
      patch(
        'Deployment',
        `${container}/securityContext/allowPrivilegeEscalation`,
        true,
      ),
    ],
    [
      'deny no-host',
      patch('Deployment', '/spec/template/spec/hostNetwork', true),
    ],
    [
      'deny no-host',
      patch('Deployment', '/spec/template/spec/volumes', [
        { name: 'h', hostPath: { path: '/' } },
      ]),
    ],
    [
      'warn read-only-root',
      patch(
        'Deployment',
        `${container}/securityContext/readOnlyRootFilesystem`,
        false,
      ),
    ],
    ['deny cluster-internal', patch('Service', '/spec/type', 'LoadBalancer')],
    ['warn replicas', { replicas: 1 }],
    [
      'warn no-moving-tags',
      { image: { repository: 'example.com/x', revision: 'pr-12' } },
    ],
    ['allow memory-limit', { resources: { cpu: '1', memory: '1Gi' } }],
    ['warn durable-cache', { volumes: [{ path: '/data', kind: 'temp' }] }],
    [
      'warn autoscaling-minimum',
      { replicas: undefined, autoscaling: { min: 1, max: 3 } },
    ],
  ])('%s', (expected, overrides) => {
    expect(broken(overrides)).toEqual([expected]);
  });

  it('warns of a probe that a patch took away', () => {
    const readiness = {
      target: { kind: 'Deployment' },
      patch: [{ op: 'remove' as const, path: `${container}/readinessProbe` }],
    };
    expect(broken({ patches: [readiness] })).toEqual(['warn readiness']);
  });

  it('warns of a Deployment that a patch scaled up without a budget', () => {
    expect(
      broken({ replicas: 1, ...patch('Deployment', '/spec/replicas', 3) }),
    ).toEqual(['warn disruption-budget']);
  });

  it('denies databases that would go with their line in the spec', () => {
    expect(broken({}, { database: true, retain: false })).toEqual([
      'deny retained',
      'deny disks-retained',
    ]);
  });

  it('denies a route without TLS', () => {
    expect(broken({ domains: ['shop.example.com'] }, { tls: false })).toEqual([
      'deny tls',
    ]);
  });
});
