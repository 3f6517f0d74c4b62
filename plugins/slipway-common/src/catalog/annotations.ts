/** Labels and annotations that Slipway sets and reads. @public */
export const LABELS = {
  organization: 'slipway.dev/organization',
  service: 'slipway.dev/service',
  environment: 'slipway.dev/environment',
  workload: 'slipway.dev/workload',
  database: 'slipway.dev/database',
  part: 'slipway.dev/part',
  managedBy: 'app.kubernetes.io/managed-by',
  kubernetesId: 'backstage.io/kubernetes-id',
} as const;

/** The value of `app.kubernetes.io/managed-by` on what Slipway makes. @public */
export const MANAGED_BY = 'slipway';

/** The field manager of Slipway's server-side apply. @public */
export const FIELD_MANAGER = 'slipway';

/** Annotations on catalog entities. @public */
export const ENTITY_ANNOTATIONS = {
  /** `<organization>/<service>`; cards show where it is set. */
  service: 'slipway.dev/service',
  organization: 'slipway.dev/organization',
  kubernetesId: 'backstage.io/kubernetes-id',
  kubernetesLabelSelector: 'backstage.io/kubernetes-label-selector',
  argocdAppSelector: 'argocd/app-selector',
  argocdAppName: 'argocd/app-name',
  tektonCicd: 'tekton.dev/cicd',
} as const;
