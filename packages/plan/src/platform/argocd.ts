import { environmentNamespace } from '@slipway/plugin-slipway-common';
import type {
  IApplication,
  IAppProject,
} from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import {
  commonLabels,
  draft,
  type Draft,
  type RenderContext,
} from '../context';
import { groupOf } from '../adopt/identity';
import { isChart } from '../chart/findings';
import { valuesPath } from '../files';
import { sortBy } from '../canonical';
import { usesVaultPlugin } from '../render/secrets';
import { from, type Traceable } from '../trace';

/** How every Application syncs; whether it heals itself is for the class to say. @internal */
export const SYNC_POLICY = {
  automated: {
    prune: true,
    // A service may lose its last object; Git is guarded elsewhere.
    allowEmpty: true,
  },
  retry: {
    limit: 5,
    backoff: { duration: '5s', factor: 2, maxDuration: '3m' },
  },
  syncOptions: [
    'CreateNamespace=false',
    'PruneLast=true',
    'ServerSideApply=true',
  ],
};

/** Argo CD deletes what an Application applied before the Application goes. @internal */
export const RESOURCES_FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/**
 * What Slipway writes. Said so that Argo CD never takes the folder for Helm or Kustomize, which could bring in what other
 * repositories hold; a `directory` that says nothing is taken out of the Application by Argo CD itself.
 *
 * @internal
 */
export const MANIFESTS = '*.yaml';

/** The kinds of `platform/`, which Argo CD must leave to Slipway. */
const PLATFORM_KINDS = [
  { group: '', kind: 'LimitRange' },
  { group: '', kind: 'ResourceQuota' },
  { group: '', kind: 'ServiceAccount' },
  { group: 'argoproj.io', kind: 'AppProject' },
  { group: 'argoproj.io', kind: 'Application' },
  { group: 'argoproj.io', kind: 'ApplicationSet' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { group: 'rbac.authorization.k8s.io', kind: 'Role' },
  { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding' },
];

/** Kinds that Argo CD must not touch here: ours, and those of objects that an adoption leaves outside of Git. */
function refusedKinds({ adopt }: RenderContext) {
  const left = (adopt?.leave ?? [])
    .map(({ apiVersion, kind }) => ({ group: groupOf(apiVersion), kind }))
    .filter(
      (one, index, all) =>
        ![...PLATFORM_KINDS, ...all.slice(0, index)].some(
          other => other.group === one.group && other.kind === one.kind,
        ),
    );
  return [
    ...PLATFORM_KINDS,
    ...sortBy(left, ({ group, kind }) => `${group} ${kind}`),
  ];
}

/** Project and Application of the environment, where Argo CD looks for them. @internal */
export function renderArgocd(context: RenderContext): Draft[] {
  const { argocd } = context.input.cluster;
  const metadata = {
    // An Application that was there keeps its name; the project is made, and has ours.
    name: environmentNamespace(
      context.organization,
      context.service,
      context.environment,
    ),
    namespace: argocd.namespace,
    labels: commonLabels(context, 'platform'),
  };
  const destination = {
    ...argocd.destination,
    namespace: context.namespace,
  };
  return [
    appProject(context, metadata, destination),
    application(context, metadata, destination),
  ];
}

interface Metadata {
  name: string;
  namespace: string;
  labels: Record<string, string>;
}

interface Destination {
  server?: string;
  name?: string;
  namespace: string;
}

function appProject(
  context: RenderContext,
  metadata: Metadata,
  destination: Destination,
): Draft {
  const { gitops, cluster } = context.input;
  return draft<IAppProject>(
    context,
    'platform',
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata,
      spec: {
        description: `${context.organization}/${context.service} in ${context.environment}`,
        sourceRepos: [gitops.repoURL],
        destinations: [destination],
        clusterResourceWhitelist: [],
        namespaceResourceBlacklist: refusedKinds(context),
      },
    },
    {
      summary: 'one repository, one namespace, no cluster resources',
      cluster: cluster.argocd.cluster,
    },
  );
}

function application(
  context: RenderContext,
  metadata: Metadata,
  destination: Destination,
): Draft {
  const { gitops, cluster } = context.input;
  const { delivery } = context.input.class.spec;
  return draft<IApplication>(
    context,
    'platform',
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        ...metadata,
        name: context.adopt?.application ?? metadata.name,
        annotations: {
          // A commit elsewhere in the repository doesn't make it render again.
          'argocd.argoproj.io/manifest-generate-paths': isChart(context)
            ? `.;/${valuesPath(context.folder)}`
            : '.',
        },
        // What was there before Slipway must not go with an Application that somebody deletes.
        ...(!context.adopt && { finalizers: [RESOURCES_FINALIZER] }),
      },
      spec: {
        project: metadata.name,
        source: {
          repoURL: gitops.repoURL,
          targetRevision: `refs/heads/${gitops.branch}`,
          ...sourceType(context),
        },
        destination,
        syncPolicy: {
          ...SYNC_POLICY,
          automated: {
            ...SYNC_POLICY.automated,
            selfHeal: from<boolean>(
              {
                origin: 'class',
                noInverse: 'Self-healing is decided by the class.',
              },
              delivery.selfHeal,
            ),
          },
        },
      },
    },
    {
      summary: `syncs ${isChart(context) ? valuesPath(context.folder) : `${context.folder}/workload`}`,
      cluster: cluster.argocd.cluster,
    },
  );
}

function sourceType(
  context: RenderContext,
): Traceable<
  Pick<
    IApplication['spec']['source'] & object,
    'path' | 'directory' | 'helm' | 'plugin'
  >
> {
  const { vaultPlugin } = context.input.cluster.argocd;
  if (isChart(context)) {
    return {
      path: chartFolder(context),
      helm: {
        // Helm takes 53 characters, and the name of an Application may have more.
        releaseName: context.service,
        valueFiles: [`/${valuesPath(context.folder)}`],
      },
    };
  }
  const path = `${context.folder}/workload`;
  return usesVaultPlugin(context)
    ? { path, plugin: { name: vaultPlugin } }
    : { path, directory: { include: MANIFESTS } };
}

/** Where the chart is when nothing else is said. */
const CHART_FOLDER = 'charts/service';

/** The folder of the chart in the GitOps repository. @internal */
export function chartFolder({ input }: RenderContext): string {
  return input.gitops.chart || CHART_FOLDER;
}
