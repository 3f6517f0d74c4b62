import { DEFAULT_PRICES } from '@slipway/plan';
import { pointerOf } from '../../domain/drift/lookup';
import type { FieldDrift, ObjectDrift } from '../../domain/drift/types';
import {
  planDeclared,
  type Surroundings,
} from '../../domain/platform/planDeclared';
import { PlatformState } from '../../domain/platform/PlatformState';
import { platformFiles } from '../../reconcile/environment/__testUtils__/specs';
import { Acceptances } from './Acceptances';

const NAME = { organization: 'shop', service: 'web', environment: 'prod' };
const FILE = 'organizations/shop/services/web.yaml';
const SPEC = `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata: { name: web }
spec:
  organization: shop
  owner: group:default/shop
  lifecycle: production
  workloads:
    - name: web
      image: { repository: registry.example.com/shop/web, revision: v1 }
      port: 8080
      replicas: 2 # enough
      env:
        - { name: LOG, value: info }
        - { name: LIMIT, value: "10" }
      resources: { cpu: 100m, memory: 128Mi }
  environments:
    - name: prod
      class: open
      overrides:
        workloads:
          - { name: web, resources: { memory: 256Mi } }
`;
const surroundings: Surroundings = {
  clusters: [
    {
      name: 'eu',
      region: 'eu',
      kinds: [],
      argocd: {
        cluster: 'eu',
        namespace: 'argocd',
        destination: { name: 'eu' },
      },
    },
  ],
  prices: DEFAULT_PRICES,
  gitops: { repoURL: 'https://git.example.com/gitops.git', branch: 'main' },
  release: () => ({ workloads: {} }),
  recordedCluster: () => 'eu',
};
const state = PlatformState.of([]).withFiles([
  ...Object.entries(platformFiles('shop')).map(([path, content]) => ({
    path,
    content,
  })),
  { path: FILE, content: SPEC },
]).state;
const acceptances = new Acceptances(state, NAME, surroundings);
const WEB = 'spec.template.spec.containers[name=web]';

const attempt = planDeclared(state, NAME, surroundings);
if (!('plan' in attempt)) throw new Error(attempt.message);
const { object: rendered } = attempt.plan.objects.find(
  ({ object }) => object.kind === 'Deployment',
)!;
const deployment: ObjectDrift = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'web',
  namespace: rendered.metadata.namespace,
  missing: false,
  part: 'workload',
  fields: [],
};
const field = (
  path: string,
  found?: unknown,
  more: Partial<FieldDrift> = {},
): FieldDrift => ({
  path,
  segments: [],
  why: 'changed',
  ...(found !== undefined && { found }),
  ...more,
});
const way = (...args: Parameters<typeof field>) =>
  acceptances.way(deployment, field(...args));
/** The lines that an edit changes. */
const changed = (...args: Parameters<typeof field>): string[] => {
  const found = way(...args);
  if (!found.possible) throw new Error(found.reason);
  const result = acceptances.edited([found.edit]);
  if (!('text' in result)) throw new Error(result.because);
  const before = SPEC.split('\n');
  return result.text
    .split('\n')
    .filter(line => !before.includes(line))
    .map(line => line.trim());
};

describe('accepting what was found', () => {
  it.each<[string, unknown, string]>([
    ['spec.replicas', 5, 'replicas: 5 # enough'],
    [`${WEB}.env[name=LOG].value`, 'debug', '- { name: LOG, value: debug }'],
    [`${WEB}.env[name=LIMIT].value`, '20', '- { name: LIMIT, value: "20" }'],
    [
      `${WEB}.resources.requests.memory`,
      '512Mi',
      '- { name: web, resources: { memory: 512Mi } }',
    ],
    [
      `${WEB}.image`,
      'registry.example.com/shop/web:v2',
      'image: { repository: registry.example.com/shop/web, revision: v2 }',
    ],
  ])('is the smallest edit that renders %s as %j', (path, found, line) => {
    expect(pointerOf(rendered, path)).toBeDefined();
    expect(changed(path, found)).toEqual([line]);
  });

  it('takes a variable that was added beside Git into the workload’s own', () => {
    const added = { name: 'DEBUG', value: 'yes' };
    expect(
      changed(`${WEB}.env[name=DEBUG]`, added, { why: 'foreign' }),
    ).toEqual(['- name: DEBUG', 'value: "yes"']);
  });

  it('takes out what somebody took out', () => {
    const found = way(`${WEB}.env[name=LOG]`);
    expect(found).toMatchObject({ possible: true, edit: { op: 'delete' } });
  });

  it('says where it would stand', () => {
    expect(acceptances.shape(deployment, field('spec.replicas', 5))).toEqual({
      possible: true,
      file: FILE,
      specPath: 'workloads[web].replicas',
      line: 12,
    });
  });

  it.each<[string, string, unknown, RegExp]>([
    [
      'another repository',
      `${WEB}.image`,
      'evil.example.com/web:v1',
      /repository, revision or digest/,
    ],
    [
      'what is the same for all',
      `${WEB}.securityContext.allowPrivilegeEscalation`,
      true,
      /same way for every service|no field/,
    ],
    [
      'what Git says nothing of',
      'metadata.annotations[by]',
      'hand',
      /says nothing/,
    ],
    ['a value that no spec allows', 'spec.replicas', -3, /replicas|render/],
  ])('refuses %s, and says why', (_, path, found, reason) => {
    expect(way(path, found)).toEqual({
      possible: false,
      reason: expect.stringMatching(reason),
    });
  });

  it('refuses an object that is missing, or that nothing declares', () => {
    expect(way('', undefined, { why: 'missing' })).toMatchObject({
      possible: false,
    });
    const other = { ...deployment, name: 'other' };
    expect(acceptances.way(other, field('spec.replicas', 1))).toMatchObject({
      possible: false,
      reason: expect.stringContaining('doesn’t hold this object'),
    });
  });

  it('refuses edits that are right alone and wrong together', () => {
    const one = way('spec.replicas', 5);
    if (!one.possible) throw new Error(one.reason);
    const failure = acceptances.verify(
      [one.edit],
      [
        { object: deployment, field: field('spec.replicas', 5) },
        { object: deployment, field: field(`${WEB}.env[name=LOG].value`, 'x') },
      ],
    );
    expect(failure).toContain('env[name=LOG]');
  });
});
