import {
  serviceSpecSchema,
  type ServiceSpecInput,
} from '@slipway/plugin-slipway-common';
import { foundDeployment, foundEnvironment } from '../__testUtils__/found';
import { planInput } from '../__testUtils__/inputs';
import { planEnvironment } from '../planEnvironment';
import type { KubernetesObject } from '../types';
import { isAdopted } from './findings';
import type { FoundEnvironment } from './found';
import { proposeAdoption } from './propose';

/** What of an Application the cases turn. */
interface LiveApplication {
  spec: { source: { repoURL: string }; destination: { namespace: string } };
  status: { resources: object[] };
}

interface LiveDeployment {
  metadata: { annotations: Record<string, string> };
  spec: { template: { spec: { hostname?: string } } };
}

const applicationOf = ({ application }: FoundEnvironment) =>
  application as unknown as LiveApplication;

const planOf = (spec: ServiceSpecInput, found?: FoundEnvironment) =>
  planEnvironment(
    planInput({
      spec: serviceSpecSchema.parse(spec),
      environment: 'live',
      ...(found && { found }),
    }),
  );

const propose = (found: FoundEnvironment) =>
  proposeAdoption({
    organization: 'shop',
    service: 'store',
    environment: 'live',
    owner: 'group:default/red',
    class: 'production',
    cluster: 'fra-1',
    found,
    render: spec => planOf(spec).objects,
  });

const adoption = (spec: ServiceSpecInput) => spec.spec.environments![0].adopt!;

const said = (found: FoundEnvironment, spec = propose(found).spec) => {
  const plan = planOf(spec, found);
  expect(plan.problems).toEqual([]);
  const of = (result: string) =>
    plan.verdicts
      .filter(verdict => verdict.rule === 'adopt' && verdict.result === result)
      .map(({ message }) => message);
  return { denied: of('deny'), warned: of('warn'), plan };
};

const objectOf = (objects: KubernetesObject[], kind: string, name: string) =>
  objects.find(one => one.kind === kind && one.metadata.name === name);

describe('the proposal of an adoption', () => {
  it('makes a workload of a Deployment and its Service, keeps what else may go into Git, and leaves Secrets', () => {
    const { spec, objects } = propose(foundEnvironment());
    expect(objects).toEqual([
      { kind: 'Deployment', name: 'frontend', as: 'workload' },
      { kind: 'Service', name: 'frontend', as: 'workload' },
      { kind: 'ConfigMap', name: 'frontend-settings', as: 'kept' },
      {
        kind: 'Secret',
        name: 'frontend-keys',
        as: 'left',
        because: 'no Secret is read, or written into Git',
      },
    ]);
    expect(spec.spec.workloads).toMatchObject([
      {
        name: 'frontend',
        kind: 'Deployment',
        image: {
          repository: 'registry.example.com/shop/frontend',
          revision: '1.4.2',
        },
        replicas: 3,
      },
    ]);
    expect(adoption(spec)).toMatchObject({
      namespace: 'shop-live',
      application: 'shop',
      repoURL: 'https://git.example.com/red/deploy.git',
      keep: [{ kind: 'ConfigMap', data: { THEME: 'dark' } }],
      leave: [{ kind: 'Secret', name: 'frontend-keys' }],
    });
    expect(adoption(spec).keep![0]).not.toHaveProperty('metadata.uid');
  });

  it('renders exactly the Pods and selectors that are there, in the namespace that is there', () => {
    const { denied, plan } = said(foundEnvironment());
    expect(denied).toEqual([]);
    const objects = plan.objects.map(({ object }) => object);
    const deployment = objectOf(objects, 'Deployment', 'frontend')!;
    expect(deployment.metadata.namespace).toBe('shop-live');
    expect(deployment.spec).toEqual({
      replicas: 3,
      selector: { matchLabels: { app: 'frontend' } },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
      template: {
        metadata: { labels: { app: 'frontend', team: 'red' } },
        spec: {
          containers: [
            {
              name: 'app',
              image: 'registry.example.com/shop/frontend:1.4.2',
              imagePullPolicy: 'IfNotPresent',
              ports: [{ containerPort: 8080, name: 'web', protocol: 'TCP' }],
              env: [{ name: 'GREETING', value: 'hello' }],
              envFrom: [{ configMapRef: { name: 'frontend-settings' } }],
            },
          ],
        },
      },
    });
    expect(objectOf(objects, 'Service', 'frontend')!.spec).toEqual({
      type: 'ClusterIP',
      selector: { app: 'frontend' },
      ports: [{ port: 80, targetPort: 'web', protocol: 'TCP' }],
    });
  });

  it('enforces nothing that what runs might not stand, until the spec says so', () => {
    const { spec } = propose(foundEnvironment());
    const kinds = (one: ServiceSpecInput) =>
      planOf(one)
        .objects.filter(({ part }) => part === 'platform')
        .map(({ object }) => object.kind);
    expect(kinds(spec)).toEqual([
      'Namespace',
      'RoleBinding',
      'AppProject',
      'Application',
    ]);
    adoption(spec).enforce = ['quota', 'network', 'pod-security'];
    expect(kinds(spec)).toEqual(
      expect.arrayContaining(['ResourceQuota', 'LimitRange', 'NetworkPolicy']),
    );
  });

  it('keeps the name of the Application without a finalizer, and takes Secrets out of Argo CD’s sight', () => {
    const { plan } = said(foundEnvironment());
    const objects = plan.objects.map(({ object }) => object);
    const application = objectOf(objects, 'Application', 'shop')!;
    expect(application.metadata.finalizers).toBeUndefined();
    expect(application.spec).toMatchObject({
      project: 'shop--store--live',
      destination: { namespace: 'shop-live' },
    });
    const project = objectOf(objects, 'AppProject', 'shop--store--live')!;
    expect(project.spec).toMatchObject({
      namespaceResourceBlacklist: expect.arrayContaining([
        { group: '', kind: 'Secret' },
      ]),
    });
    const settings = objectOf(objects, 'ConfigMap', 'frontend-settings')!;
    expect(settings.metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    });
  });

  it('keeps a Deployment whole that no workload can stand for', () => {
    const found = foundEnvironment();
    found.objects[0] = foundDeployment(({ spec }) =>
      spec.containers.push({ name: 'sidecar', image: 'envoy:1' }),
    );
    const { spec, objects } = propose(found);
    expect(objects).toContainEqual({
      kind: 'Deployment',
      name: 'frontend',
      as: 'kept',
      because: 'it has more than one container',
    });
    expect(said(found, spec).denied).toEqual([]);
  });

  it('leaves the account that Pods run with to whoever made it', () => {
    const found = foundEnvironment();
    found.objects[0] = foundDeployment(({ spec }) => {
      spec.serviceAccountName = 'frontend';
    });
    const { spec } = propose(found);
    expect(adoption(spec).leave).toContainEqual({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      name: 'frontend',
    });
    const { denied, plan } = said(found, spec);
    expect(denied).toEqual([]);
    expect(plan.objects.map(({ object }) => object.kind)).not.toContain(
      'ServiceAccount',
    );
  });

  it('leaves the number of Pods to an autoscaler that is there', () => {
    const found = foundEnvironment();
    const autoscaler = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'frontend' },
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'frontend' } },
    };
    found.objects.push(autoscaler);
    applicationOf(found).status.resources.push({
      group: 'autoscaling',
      version: 'v2',
      kind: 'HorizontalPodAutoscaler',
      name: 'frontend',
    });
    const { denied, plan } = said(found);
    expect(denied).toEqual([]);
    const objects = plan.objects.map(({ object }) => object);
    expect(
      objectOf(objects, 'Deployment', 'frontend')!.spec,
    ).not.toHaveProperty('replicas');
  });

  it('writes no secret of a ConfigMap or a variable into Git', () => {
    const found = foundEnvironment();
    found.objects[0] = foundDeployment(({ spec }) =>
      spec.containers[0].env.push({ name: 'DB_PASSWORD', value: 'hunter22' }),
    );
    found.objects[2] = {
      ...found.objects[2],
      data: { API_TOKEN: 'do-not-tell' },
    };
    const text = JSON.stringify(propose(found));
    expect(text).not.toContain('hunter22');
    expect(text).not.toContain('do-not-tell');
    expect(text).toContain('its variable DB_PASSWORD holds a secret');
  });
});

describe('what stands against an adoption', () => {
  const found = foundEnvironment();
  const { spec } = propose(found);
  const copy = (): ServiceSpecInput => JSON.parse(JSON.stringify(spec));
  const live = (): FoundEnvironment => JSON.parse(JSON.stringify(found));

  it('is nothing while all stays as it is, and says what would change', () => {
    expect(said(found, spec)).toMatchObject({
      denied: [],
      warned: expect.arrayContaining([
        'Application shop is handed over: from https://git.example.com/red/deploy.git to clusters/fra-1/shop/store/live/workload of https://git.example.com/gitops.git.',
        expect.stringMatching(/^ConfigMap frontend-settings: .*labels/),
        'PodDisruptionBudget frontend is made.',
      ]),
    });
  });

  it('a restart: a Pod that would be another one', () => {
    const changed = copy();
    changed.spec.workloads![0].image.revision = '1.4.3';
    expect(said(found, changed).denied).toEqual([
      'Deployment frontend would restart its Pods: /spec/template/spec/containers/0/image would change.',
    ]);
  });

  it('a field that the file before set and the new one lacks, as Argo CD would take it off', () => {
    const there = live();
    const deployment = there.objects[0] as unknown as LiveDeployment;
    deployment.spec.template.spec.hostname = 'shop';
    deployment.metadata.annotations[
      'kubectl.kubernetes.io/last-applied-configuration'
    ] = JSON.stringify({ spec: { template: { spec: { hostname: 'shop' } } } });
    expect(said(there, spec).denied).toEqual([
      'Deployment frontend would restart its Pods: /spec/template/spec/hostname would change.',
    ]);
  });

  it('a selector, which no API server changes', () => {
    const changed = copy();
    const overrides = changed.spec.environments![0].overrides!.workloads![0];
    overrides.patches = overrides.patches!.map(one => ({
      ...one,
      patch: one.patch.filter(
        ({ path }) =>
          one.target.kind === 'PodDisruptionBudget' ||
          !path.startsWith('/spec/selector'),
      ),
    }));
    expect(said(found, changed).denied).toEqual([
      'Service frontend would lead elsewhere: spec.selector would change.',
      expect.stringMatching(/^spec.selector of Deployment frontend can't be/),
    ]);
  });

  it('fewer Pods than run', () => {
    const changed = copy();
    changed.spec.workloads![0].replicas = 2;
    expect(said(found, changed).denied).toEqual([
      'Deployment frontend would stop 1 of 3 Pods.',
    ]);
  });

  it('an object of the Application that nothing stands for, as it would be pruned', () => {
    const changed = copy();
    adoption(changed).keep = [];
    expect(said(found, changed).denied).toEqual([
      'ConfigMap frontend-settings belongs to the Application and would be pruned: nothing in the spec stands for it.',
    ]);
  });

  it('a kind that is delivered and left at once', () => {
    const changed = copy();
    adoption(changed).leave!.push({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: 'other',
    });
    expect(said(found, changed).denied).toEqual([
      expect.stringMatching(/^ConfigMap frontend-settings is to be delivered/),
    ]);
  });

  it('a name that is kept and made at once', () => {
    const changed = copy();
    adoption(changed).keep!.push({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'frontend' },
    });
    expect(said(found, changed).denied).toEqual([
      expect.stringMatching(/^Service frontend is kept as it was found, and/),
    ]);
  });

  it('another source than the one that was looked at', () => {
    const there = live();
    applicationOf(there).spec.source.repoURL = 'https://evil.example';
    expect(said(there, spec).denied).toEqual([
      'Application shop reads from https://evil.example, not from https://git.example.com/red/deploy.git.',
    ]);
  });

  it('an Application that delivers elsewhere', () => {
    const there = live();
    applicationOf(there).spec.destination.namespace = 'other';
    expect(said(there, spec).denied).toEqual([
      expect.stringMatching(/^Application shop delivers to namespace other/),
    ]);
  });

  it('an Application that another one, or an ApplicationSet, would put back', () => {
    const there = live();
    there.application!.metadata.annotations = {
      'argocd.argoproj.io/tracking-id':
        'apps:argoproj.io/Application:argocd/shop',
    };
    expect(said(there, spec).denied).toEqual([
      'Application shop is made by Application apps, which would put it back.',
    ]);
  });

  it.each([
    [
      'nobody released',
      {},
      {},
      "Namespace shop-live isn't released to organization shop.",
    ],
    [
      'was released to another organization',
      {},
      { 'slipway.dev/adoptable-by': 'bank' },
      'Namespace shop-live is released to organization bank, not to shop.',
    ],
    [
      'Slipway manages already',
      {
        'app.kubernetes.io/managed-by': 'slipway',
        'slipway.dev/organization': 'bank',
        'slipway.dev/service': 'ledger',
        'slipway.dev/environment': 'prod',
      },
      { 'slipway.dev/adoptable-by': 'shop' },
      'Namespace shop-live is managed by Slipway already and belongs to bank/ledger/prod.',
    ],
  ])('a namespace that %s', (_, labels, annotations, message) => {
    const there = live();
    Object.assign(there.namespace!.metadata, { labels, annotations });
    expect(said(there, spec).denied).toEqual([message]);
  });

  it.each(['default', 'kube-system', 'argocd', 'org-shop'])(
    'the namespace %s, which is nobody’s to adopt',
    name => {
      const changed = copy();
      adoption(changed).namespace = name;
      const there = live();
      there.namespace!.metadata.name = name;
      applicationOf(there).spec.destination.namespace = name;
      expect(said(there, changed).denied).toEqual([
        `Namespace ${name} belongs to the cluster or to Slipway itself.`,
      ]);
    },
  );

  it('says nothing of an environment that was adopted before', () => {
    const { plan } = said(found, spec);
    const application = plan.objects.find(
      ({ object }) => object.kind === 'Application',
    )!.object;
    const name = {
      organization: 'shop',
      service: 'store',
      environment: 'live',
    };
    expect(isAdopted(application, name)).toBe(true);
    expect(isAdopted(found.application, name)).toBe(false);
    expect(isAdopted(application, { ...name, environment: 'elsewhere' })).toBe(
      false,
    );
  });
});
