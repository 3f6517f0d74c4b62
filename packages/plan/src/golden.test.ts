import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { stringify } from 'yaml';
import { everything, reachable } from './__testUtils__/everything';
import { exampleInput } from './__testUtils__/examples';
import { CLUSTER } from './__testUtils__/inputs';
import { UPDATE } from './__testUtils__/update';
import { validationErrors } from './__testUtils__/validate';
import { planEnvironment } from './planEnvironment';
import type { EnvironmentPlan, PlanInput } from './types';

const FOLDER = join(__dirname, '__golden__');

const BUILT = {
  workloads: {
    api: { revision: '4f2c1aa' },
    frontend: { revision: '9d31e07' },
  },
};

/** What each case shows stands in the README of the package. */
const CASES: Record<string, () => PlanInput> = {
  'online-boutique-staging': () =>
    exampleInput('online-boutique', 'boutique', 'online-boutique', 'staging'),
  'online-boutique-production': () =>
    exampleInput(
      'online-boutique',
      'boutique',
      'online-boutique',
      'production',
    ),
  'myproject-unbuilt': () =>
    exampleInput('myproject', 'myorg', 'myproject', 'production'),
  'myproject-built': () =>
    exampleInput('myproject', 'myorg', 'myproject', 'production', {
      release: BUILT,
    }),
  'platform-ops': () =>
    exampleInput('platform-ops', 'zainasr', 'platform', 'staging'),
  'payments-preview': () =>
    exampleInput('payments', 'payments', 'payments-api', 'preview'),
  'payments-production': () =>
    exampleInput('payments', 'payments', 'billing-api', 'production'),
  argoplat: () => exampleInput('argoplat', 'argoplat', 'test', 'preview'),
  'acme-corp': () => exampleInput('acme-corp', 'acme-corp', 'app1', 'staging'),
  everything: () => everything(),
  'reachable-by-traefik': () =>
    reachable({
      kinds: [...CLUSTER.kinds, 'traefik.io/v1alpha1/IngressRoute'],
      ingress: { namespace: 'kube-system' },
      storageClass: 'local-path',
    }),
  'reachable-by-gateway-from-a-hub': () =>
    reachable({
      kinds: ['gateway.networking.k8s.io/v1/HTTPRoute'],
      gateway: { name: 'public', namespace: 'gateways' },
      groupPrefix: 'oidc:',
      argocd: {
        cluster: 'hub',
        namespace: 'argocd',
        destination: { name: 'fra-1' },
        vaultPlugin: 'argocd-vault-plugin',
      },
    }),
};

/** The files of a plan, and in one more what else it says. */
function goldenFiles(plan: EnvironmentPlan): Map<string, string> {
  const { files, objects, terms, ...rest } = plan;
  return new Map([
    [
      'plan.yaml',
      stringify(
        {
          ...rest,
          summaries: objects.map(
            ({ object, summary, source }) =>
              `${object.kind} ${object.metadata.name}: ${summary}${source ? ` (${source.specPath}:${source.line ?? '?'})` : ''}`,
          ),
          verdicts: plan.verdicts.filter(({ result }) => result !== 'pass'),
        },
        { lineWidth: 0, aliasDuplicateObjects: false },
      ),
    ],
    ...files.map(({ path, content }): [string, string] => [
      relative(plan.folder, path),
      content,
    ]),
  ]);
}

function filesBelow(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => relative(folder, join(entry.parentPath, entry.name)))
        .sort()
    : [];
}

function write(folder: string, files: Map<string, string>) {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

describe.each(Object.keys(CASES))('%s', name => {
  const plan = planEnvironment(CASES[name]());
  const folder = join(FOLDER, name);
  const files = goldenFiles(plan);
  if (UPDATE) {
    write(folder, files);
  }

  it('renders to the files that were looked at', () => {
    expect(filesBelow(folder)).toEqual([...files.keys()].sort());
    for (const [path, content] of files) {
      expect(`${path}\n${readFileSync(join(folder, path), 'utf8')}`).toBe(
        `${path}\n${content}`,
      );
    }
  });

  it('renders to objects that Kubernetes and Argo CD know', () => {
    expect(validationErrors(plan.objects.map(({ object }) => object))).toEqual(
      [],
    );
  });

  it('has no problems', () => {
    expect(plan.problems).toEqual([]);
  });
});

it('has no golden files of cases that are gone', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(CASES).sort());
});
