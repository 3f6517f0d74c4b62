/** The namespace that Argo CD's own manifests and documents are about. */
export const ARGOCD_NAMESPACE = 'argocd';
