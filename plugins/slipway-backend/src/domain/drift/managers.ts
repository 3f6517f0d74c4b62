import { FIELD_MANAGER } from '@slipway/plugin-slipway-common';

/** The field manager of Argo CD when it applies on the server's side. */
export const ARGOCD_MANAGER = 'argocd-controller';

/**
 * Field managers whose fields are no drift: they are part of how a cluster works. A star at the end stands for
 * anything. `slipway.drift.allowedManagers` replaces the list.
 */
export const DEFAULT_ALLOWED_MANAGERS: readonly string[] = [
  FIELD_MANAGER,
  'argocd-*',
  // Kubernetes' own controllers; autoscalers write through them, too.
  'kube-*',
  'kubelet',
  'cloud-controller-manager',
  'horizontal-pod-autoscaler',
  'vpa-*',
  'keda*',
  'cluster-autoscaler',
  // Operators that write into objects of others as their job.
  'cert-manager*',
  'external-secrets*',
  'external-dns*',
  'traefik*',
  'nginx-ingress-controller',
  'ingress-nginx*',
  'istio*',
];

/** Whether a manager is on the list. */
export function allowedBy(
  list: readonly string[],
): (manager: string) => boolean {
  const exact = new Set(list.filter(name => !name.endsWith('*')));
  const prefixes = list
    .filter(name => name.endsWith('*'))
    .map(name => name.slice(0, -1));
  return manager =>
    exact.has(manager) || prefixes.some(prefix => manager.startsWith(prefix));
}

/** Managers that people know by another name. */
const TOOLS: Record<string, string> = {
  [FIELD_MANAGER]: 'Slipway',
  [ARGOCD_MANAGER]: 'Argo CD',
  'argocd-application-controller': 'Argo CD',
  'argocd-server': 'Argo CD’s user interface or CLI',
  'kubectl-client-side-apply': 'kubectl apply',
  'kubectl-last-applied': 'kubectl apply',
  'kube-controller-manager': 'a controller of Kubernetes',
  'kube-scheduler': 'the scheduler of Kubernetes',
  'before-first-apply': 'somebody before the first apply',
  helm: 'Helm',
  'helm-controller': 'Flux (Helm)',
  'kustomize-controller': 'Flux (Kustomize)',
  terraform: 'Terraform',
  HashiCorp: 'Terraform',
  Mozilla: 'a browser, such as a dashboard',
  dashboard: 'Kubernetes Dashboard',
  'headlamp-server': 'Headlamp',
  lens: 'Lens',
  k9s: 'k9s',
  curl: 'curl',
};

/** A field manager in people's words: `kubectl-edit` is what they know as `kubectl edit`. */
export function toolOf({
  manager,
  subresource,
}: {
  manager: string;
  subresource?: string;
}): string {
  if (manager === 'kubectl' && subresource === 'scale') return 'kubectl scale';
  const known = TOOLS[manager];
  if (known) return known;
  const verb = /^kubectl-([a-z]+)$/.exec(manager)?.[1];
  return verb ? `kubectl ${verb}` : manager;
}
