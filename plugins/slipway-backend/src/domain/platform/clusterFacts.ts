import type { ClusterFacts } from '@slipway/plan';
import type { ClusterCapabilities, ClusterInfo } from '../../ports/Clusters';

/** A cluster as `plan()` sees it. Without capabilities it serves nothing beyond Kubernetes itself. */
export function clusterFacts(
  info: ClusterInfo,
  capabilities?: ClusterCapabilities,
): ClusterFacts {
  return {
    name: info.name,
    ...(info.region ? { region: info.region } : {}),
    kinds: [...(capabilities?.kinds ?? [])].sort(),
    argocd: {
      cluster: info.argocd.cluster,
      namespace: info.argocd.namespace,
      destination: info.argocd.destination,
      ...(info.argocd.applicationSet && { applicationSet: true }),
    },
  };
}
