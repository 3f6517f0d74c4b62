import { DEFAULT_PRICES } from '@slipway/plan';
import { parse, stringify } from 'yaml';
import type { ApiAdoptionProposal } from '@slipway/plugin-slipway-common';
import { ClusterFoundEnvironments } from '../../../kubernetes';
import type { KubernetesObject, ObjectRef } from '../../../ports/Clusters';
import { DefaultAdoptions } from '../../../services/adoptions/DefaultAdoptions';
import { AdoptableEnvironments } from '../../../services/plans/AdoptableEnvironments';
import { Facts } from '../../../services/plans/Facts';
import { Planner } from '../../../services/plans/Planner';
import type { World } from './world';

const APPS = { apiVersion: 'apps/v1' };
const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };
const REPOSITORY = 'https://git.example.com/red/deploy.git';

/** The service that a namespace becomes. */
export const SERVICE = 'store';

/** A namespace with an Application of its own, made by hand before anybody spoke of Slipway. */
export class Handmade {
  readonly adoptions: DefaultAdoptions;
  private proposed?: ApiAdoptionProposal;

  constructor(
    private readonly world: World,
    readonly namespace: string,
    private readonly image = 'registry.example.com/red/frontend:1.4.2',
    private readonly repoURL = REPOSITORY,
  ) {
    const { clusters, stores } = world;
    const found = new ClusterFoundEnvironments(clusters);
    const facts = new Facts({
      clusters,
      environments: stores.environments,
      domains: stores.domains,
      prices: DEFAULT_PRICES,
      gitops: world.target,
    });
    this.adoptions = new DefaultAdoptions({
      clusters,
      found,
      states: world.states(),
      facts,
      planner: new Planner(
        world.states(),
        facts,
        new AdoptableEnvironments(clusters, found),
      ),
      readOnly: false,
    });
  }

  get hub() {
    return this.world.hands.client('hub');
  }

  get refs(): Record<
    | 'namespace'
    | 'deployment'
    | 'service'
    | 'settings'
    | 'keys'
    | 'application',
    ObjectRef
  > {
    const { namespace } = this;
    return {
      namespace: { apiVersion: 'v1', kind: 'Namespace', name: namespace },
      deployment: { ...APPS, kind: 'Deployment', name: 'frontend', namespace },
      service: {
        apiVersion: 'v1',
        kind: 'Service',
        name: 'frontend',
        namespace,
      },
      settings: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'frontend-settings',
        namespace,
      },
      keys: {
        apiVersion: 'v1',
        kind: 'Secret',
        name: 'frontend-keys',
        namespace,
      },
      application: { ...APPLICATION, name: namespace, namespace: 'argocd' },
    };
  }

  /** Everything that the team applied by itself, with labels of its own and a selector that can't be changed. */
  workload(): KubernetesObject[] {
    const { namespace } = this;
    const metadata = (name: string) => ({
      name,
      namespace,
      labels: { team: 'red' },
    });
    return [
      {
        ...APPS,
        kind: 'Deployment',
        metadata: metadata('frontend'),
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: 'frontend' } },
          template: {
            metadata: { labels: { app: 'frontend', team: 'red' } },
            spec: {
              containers: [
                {
                  name: 'app',
                  image: this.image,
                  ports: [{ name: 'web', containerPort: 8080 }],
                  envFrom: [{ configMapRef: { name: 'frontend-settings' } }],
                },
              ],
            },
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: metadata('frontend'),
        spec: {
          selector: { app: 'frontend' },
          ports: [{ port: 80, targetPort: 'web' }],
        },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: metadata('frontend-settings'),
        data: { THEME: 'dark' },
      },
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: metadata('frontend-keys'),
        stringData: { KEY: 'nobody-reads-this' },
      },
    ];
  }

  get applicationSpec(): Record<string, unknown> {
    return {
      project: 'default',
      source: { repoURL: this.repoURL, targetRevision: 'main', path: '.' },
      destination: {
        server: 'https://kubernetes.default.svc',
        namespace: this.namespace,
      },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    };
  }

  /** Namespace and Application; an Argo CD does the rest. */
  async makeApplication(): Promise<void> {
    const byHand = { fieldManager: 'kubectl' };
    await this.hub.apply(
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: this.namespace, labels: { team: 'red' } },
      },
      byHand,
    );
    await this.hub.apply(
      {
        ...APPLICATION,
        metadata: { name: this.namespace, namespace: 'argocd' },
        spec: this.applicationSpec,
      },
      byHand,
    );
  }

  /** The same where nobody plays Argo CD yet. */
  async make(): Promise<void> {
    await this.makeApplication();
    for (const object of this.workload())
      await this.hub.apply(object, { fieldManager: 'argocd-controller' });
    await this.hub.mergePatch(this.refs.application, {
      status: { resources: this.tracked() },
    });
  }

  /** What Argo CD counts as the Application's. */
  tracked() {
    return this.workload().map(tracked);
  }

  preview(): Promise<ApiAdoptionProposal> {
    return this.adoptions.preview({
      cluster: 'hub',
      namespace: this.namespace,
      organization: this.world.organization,
      service: SERVICE,
      environment: 'prod',
      class: 'open',
    });
  }

  async release(): Promise<void> {
    await this.adoptions.grant({
      cluster: 'hub',
      namespace: this.namespace,
      organization: this.world.organization,
    });
  }

  /** What was declared last. */
  proposal(): ApiAdoptionProposal {
    if (!this.proposed) throw new Error('Nothing was declared yet');
    return this.proposed;
  }

  /** Declares what the preview proposes. */
  async declare(): Promise<ApiAdoptionProposal> {
    const proposal = await this.preview();
    this.proposed = proposal;
    await this.world.declare({ [proposal.path]: proposal.content });
    return proposal;
  }

  /** Declares it with one more workload, which has an account that Slipway makes. */
  async grow(): Promise<void> {
    const { path, content } = this.proposal();
    const spec = parse(content) as { spec: { workloads: object[] } };
    spec.spec.workloads.push({
      name: 'helper',
      kind: 'Worker',
      image: { repository: 'registry.example.com/red/helper', revision: '1' },
      replicas: 0,
      resources: { cpu: '100m', memory: '128Mi' },
    });
    await this.world.declare({ [path]: stringify(spec) });
  }

  /** Whether the account of that is there, and whose it is. */
  async account(): Promise<'none' | 'ours' | 'given back'> {
    const { namespace } = this;
    const found = await this.hub.get({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      name: 'helper',
      namespace,
    });
    if (!found) return 'none';
    return found.metadata.labels?.['slipway.dev/service'] === undefined
      ? 'given back'
      : 'ours';
  }

  async get(what: keyof Handmade['refs']): Promise<KubernetesObject> {
    const object = await this.hub.get(this.refs[what]);
    if (!object) throw new Error(`There is no ${what} any more`);
    return object;
  }

  /** Who everything is, and what of it runs: the same before and after, or something was made anew. */
  async identities(): Promise<Record<string, unknown>> {
    const { namespace } = this;
    const found: Record<string, unknown> = {};
    for (const what of Object.keys(this.refs) as Array<keyof Handmade['refs']>)
      found[what] = (await this.get(what)).metadata.uid;
    for (const kind of ['ReplicaSet', 'Pod']) {
      const apiVersion = kind === 'Pod' ? 'v1' : 'apps/v1';
      found[kind] = (await this.hub.list({ apiVersion, kind }, { namespace }))
        .map(({ metadata }) => metadata.uid)
        .sort();
    }
    const { generation } = (await this.get('deployment')).metadata;
    return { ...found, generation };
  }

  /** Waits until the controllers, where there are any, have made what runs. */
  async running(): Promise<void> {
    await this.world.until(async () => {
      const pods = await this.hub.list(
        { apiVersion: 'v1', kind: 'Pod' },
        { namespace: this.namespace },
      );
      return pods.length === 2;
    });
  }
}

function tracked({ apiVersion, kind, metadata }: KubernetesObject) {
  const [version, group] = apiVersion.split('/').reverse();
  return {
    ...(group && { group }),
    version,
    kind,
    name: metadata.name,
    namespace: metadata.namespace,
  };
}
