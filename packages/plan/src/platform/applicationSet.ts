import { LABELS, MANAGED_BY } from '@slipway/plugin-slipway-common';
import { canonical } from '../canonical';
import type { RenderContext } from '../context';
import { ENVIRONMENT_FILE } from '../environmentFile';
import { usesVaultPlugin } from '../render/secrets';
import type { ClusterFacts, GitOpsTarget, KubernetesObject } from '../types';
import { MANIFESTS, RESOURCES_FINALIZER, SYNC_POLICY } from './argocd';

/** The name of the ApplicationSet that makes the Applications of a cluster. */
function applicationSetName({ name }: Pick<ClusterFacts, 'name'>): string {
  return `slipway-${name}`;
}

/** What `environment.yaml` says for the ApplicationSet; undefined where Slipway applies the Application itself. @internal */
export function setParameters(context: RenderContext) {
  const { adopt, input, namespace } = context;
  // What was there before Slipway keeps the Application that it has, and a plugin is chosen for an organization.
  return input.cluster.argocd.applicationSet !== true ||
    adopt !== undefined ||
    usesVaultPlugin(context)
    ? undefined
    : {
        set: applicationSetName(input.cluster),
        namespace,
        selfHeal: input.class.spec.delivery.selfHeal,
      };
}

/** What differs from environment to environment beyond a name. Values are written as JSON, so that none can break out. */
const PATCH = `
metadata:
  annotations:
    argocd.argoproj.io/manifest-generate-paths: {{ if hasKey . "chart" }}{{ printf ".;/%s/workload/values.yaml" .path.path | toJson }}{{ else }}.{{ end }}
spec:
  source:
    {{- if hasKey . "chart" }}
    path: {{ .chart | toJson }}
    helm:
      releaseName: {{ .metadata.service | toJson }}
      valueFiles:
        - {{ printf "/%s/workload/values.yaml" .path.path | toJson }}
    {{- else }}
    path: {{ printf "%s/workload" .path.path | toJson }}
    directory:
      include: ${JSON.stringify(MANIFESTS)}
    {{- end }}
  syncPolicy:
    automated:
      selfHeal: {{ .application.selfHeal }}
`;

/**
 * The ApplicationSet of a cluster: it makes an Application of each
 * `environment.yaml` that names it, the same that Slipway would apply. It never
 * deletes one: that is Slipway's, which knows what has to go first.
 *
 * @public
 */
export function renderApplicationSet(
  cluster: Pick<ClusterFacts, 'name' | 'argocd'>,
  gitops: GitOpsTarget,
): KubernetesObject {
  const name = applicationSetName(cluster);
  const { namespace, destination } = cluster.argocd;
  const folder = [
    ...(gitops.pathPrefix ?? '').split('/').filter(Boolean),
    'clusters',
    cluster.name,
  ].join('/');
  return canonical({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name, namespace, labels: { [LABELS.managedBy]: MANAGED_BY } },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [
        {
          git: {
            repoURL: gitops.repoURL,
            revision: `refs/heads/${gitops.branch}`,
            files: [{ path: `${folder}/*/*/*/${ENVIRONMENT_FILE}` }],
          },
          selector: { matchLabels: { 'application.set': name } },
        },
      ],
      syncPolicy: {
        applicationsSync: 'create-update',
        preserveResourcesOnDeletion: true,
      },
      template: {
        metadata: {
          name: '{{ .application.namespace }}',
          namespace,
          labels: {
            [LABELS.organization]: '{{ .metadata.organization }}',
            [LABELS.service]: '{{ .metadata.service }}',
            [LABELS.environment]: '{{ .metadata.name }}',
            [LABELS.part]: 'platform',
            [LABELS.managedBy]: MANAGED_BY,
            [LABELS.kubernetesId]: '{{ .metadata.service }}',
            'app.kubernetes.io/part-of': '{{ .metadata.service }}',
          },
          finalizers: [RESOURCES_FINALIZER],
        },
        spec: {
          project: '{{ .application.namespace }}',
          source: {
            repoURL: gitops.repoURL,
            targetRevision: `refs/heads/${gitops.branch}`,
          },
          destination: {
            ...destination,
            namespace: '{{ .application.namespace }}',
          },
          syncPolicy: SYNC_POLICY,
        },
      },
      templatePatch: PATCH.trimStart(),
    },
  });
}
