import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  parseFile,
  type EnvironmentClass,
  type Organization,
  type QuotaProfile,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import { DEFAULT_PRICES, planEnvironment, type PlanInput } from '../src';
import { CLUSTER } from '../src/__testUtils__/inputs';

/**
 * plan() beside `helm template` of `infra/charts/service` with the values that the same plan writes, both to all objects
 * of the same specs, in one run. Helm is a process of its own in every tool that uses it, so its start counts; a chart
 * that renders one empty line says how much of it that is. `SLIPWAY_HELM` names another binary than the one on the PATH.
 */
const ROUNDS = process.env.SLIPWAY_BENCH_SMALL ? 5 : 15;
const ROOT = join(__dirname, '../../..');
const EXAMPLES = join(ROOT, 'docs/examples');
const CHART = join(ROOT, 'infra/charts/service');
const HELM = process.env.SLIPWAY_HELM ?? 'helm';

const SPECS = [
  ['online-boutique', 'boutique', 'online-boutique', 'staging'],
  ['myproject', 'myorg', 'myproject', 'production'],
] as const;

function read<T>(path: string): T {
  const { resources, problems } = parseFile(
    readFileSync(join(EXAMPLES, path), 'utf8'),
    {},
  );
  if (!resources[0]) throw new Error(`${path}: ${problems[0]?.message}`);
  return resources[0] as T;
}

/** As one environment is planned whose class delivers values of the chart; without policies, which Helm doesn't judge. */
function inputOf([example, organization, service, environment]: readonly [
  string,
  string,
  string,
  string,
]): PlanInput {
  const folder = `${example}/organizations/${organization}`;
  const spec = read<ServiceSpec>(`${folder}/services/${service}.yaml`);
  const own = read<EnvironmentClass>('platform/classes/shared-staging.yaml');
  return {
    organization: read<Organization>(`${folder}/organization.yaml`),
    spec,
    environment,
    release: {
      workloads: Object.fromEntries(
        spec.spec.workloads.map(({ name }) => [name, { revision: 'v1' }]),
      ),
    },
    class: {
      ...own,
      spec: { ...own.spec, delivery: { ...own.spec.delivery, form: 'chart' } },
    },
    quota: read<QuotaProfile>('platform/quotas/medium.yaml'),
    policies: [],
    skipPolicies: true,
    prices: DEFAULT_PRICES,
    cluster: CLUSTER,
    gitops: { repoURL: 'https://git.example.com/gitops.git', branch: 'main' },
  };
}

function measure(work: () => unknown): number {
  work();
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

function template(chart: string, ...options: string[]): string {
  return execFileSync(HELM, ['template', 'release', chart, ...options], {
    encoding: 'utf8',
    stdio: 'pipe',
    maxBuffer: 1 << 26,
  });
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));

const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-chart-'));
try {
  const empty = join(folder, 'empty');
  execFileSync('mkdir', ['-p', join(empty, 'templates')]);
  writeFileSync(
    join(empty, 'Chart.yaml'),
    'apiVersion: v2\nname: empty\nversion: 1.0.0\n',
  );
  writeFileSync(join(empty, 'templates', 'empty.yaml'), '\n');
  const start = measure(() => template(empty));
  for (const names of SPECS) {
    const input = inputOf(names);
    const plan = planEnvironment(input);
    const values = join(folder, `${names[2]}.yaml`);
    writeFileSync(
      values,
      plan.files.find(({ path }) => path.endsWith('/values.yaml'))!.content,
    );
    const options = ['-f', values, '--set', 'platform=true'];
    const rendered = template(CHART, ...options).split('\nkind: ').length - 1;
    const ours = measure(() => planEnvironment(input));
    const other = measure(() => template(CHART, ...options));
    process.stdout.write(
      `${JSON.stringify({
        name: `chart ${names[2]}`,
        ours: round(ours, 1),
        other: round(other, 1),
        ratio: round(ours / other, 3),
        unit: 'ms (median; lower is better)',
        note: `${plan.objects.length} objects by plan(), ${rendered} by Helm, which takes ${round(start, 1)} ms to render nothing`,
      })}\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
