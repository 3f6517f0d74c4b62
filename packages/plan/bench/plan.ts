import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  parseFile,
  type EnvironmentClass,
  type Organization,
  type QuotaProfile,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import { DEFAULT_POLICIES, DEFAULT_PRICES, planEnvironment } from '../src';

/**
 * plan() of the Online Boutique – objects, policies, quota, cost and provenance – beside `helm template` of a chart that
 * renders the same objects and nothing else. Helm is a process of its own in every tool that uses it, so its start
 * counts. `SLIPWAY_HELM` names another binary than the one on the PATH.
 */
const ROUNDS = 15;
const EXAMPLES = join(__dirname, '../../../docs/examples');
const HELM = process.env.SLIPWAY_HELM ?? 'helm';

function read<T>(path: string): T {
  const { resources, problems } = parseFile(
    readFileSync(join(EXAMPLES, path), 'utf8'),
    {},
  );
  if (!resources[0]) throw new Error(`${path}: ${problems[0]?.message}`);
  return resources[0] as T;
}

const BOUTIQUE = 'online-boutique/organizations/boutique';

/** Reading and checking the files is no part of the plan, as rendering is no part of Helm's reading of a repository. */
function planner() {
  const organization = read<Organization>(`${BOUTIQUE}/organization.yaml`);
  const environmentClass = read<EnvironmentClass>(
    'platform/classes/shared-staging.yaml',
  );
  const quota = read<QuotaProfile>('platform/quotas/medium.yaml');
  const spec = read<ServiceSpec>(`${BOUTIQUE}/services/online-boutique.yaml`);
  return () =>
    planEnvironment({
      organization,
      spec,
      environment: spec.spec.environments[0].name,
      release: {
        workloads: Object.fromEntries(
          spec.spec.workloads.map(w => [w.name, { revision: 'v0.10.5' }]),
        ),
      },
      class: environmentClass,
      quota,
      policies: [...DEFAULT_POLICIES],
      prices: DEFAULT_PRICES,
      cluster: {
        name: 'eu',
        region: 'eu',
        kinds: [],
        argocd: {
          cluster: 'eu',
          namespace: 'argocd',
          destination: { server: 'https://kubernetes.default.svc' },
        },
      },
      gitops: { repoURL: 'https://git.example.com/gitops.git', branch: 'main' },
    });
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

function measure(work: () => void): number {
  work();
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(times);
}

/** A chart whose templates are the rendered objects, with one value each. */
function makeChart(
  files: ReadonlyArray<{ path: string; content: string }>,
): string {
  const chart = mkdtempSync(join(tmpdir(), 'slipway-chart-'));
  writeFileSync(
    join(chart, 'Chart.yaml'),
    'apiVersion: v2\nname: boutique\nversion: 1.0.0\n',
  );
  writeFileSync(join(chart, 'values.yaml'), 'revision: v0.10.5\n');
  for (const [i, file] of files.entries()) {
    const target = join(chart, 'templates', `${i}.yaml`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      file.content.replaceAll('v0.10.5', '{{ .Values.revision }}'),
    );
  }
  return chart;
}

const plan = planner();
const { objects, files } = plan();
const manifests = files.filter(
  file =>
    file.path.endsWith('.yaml') && !file.path.endsWith('environment.yaml'),
);
const chart = makeChart(manifests);
try {
  const ours = measure(plan);
  const other = measure(() =>
    execFileSync(HELM, ['template', 'boutique', chart], {
      stdio: 'pipe',
      maxBuffer: 1 << 26,
    }),
  );
  process.stdout.write(
    `${JSON.stringify({
      name: 'plan',
      ours: Number(ours.toFixed(1)),
      other: Number(other.toFixed(1)),
      ratio: Number((ours / other).toFixed(2)),
      unit: 'ms (median; lower is better)',
      objects: objects.length,
      templates: manifests.length,
    })}\n`,
  );
} finally {
  rmSync(chart, { recursive: true, force: true });
}
