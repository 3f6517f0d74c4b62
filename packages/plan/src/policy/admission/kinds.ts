/** Where the API server has the objects of a kind. @internal */
export interface ServedKind {
  group: string;
  version: string;
  resource: string;
  kind: string;
}

const served = (
  apiVersion: string,
  kinds: Record<string, string>,
): ServedKind[] => {
  const [group, version] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion];
  return Object.entries(kinds).map(([kind, resource]) => ({
    group,
    version,
    resource,
    kind,
  }));
};

/**
 * What Slipway renders into the namespace of an environment. Rules see nothing
 * else, so an exported rule must not be asked about anything else either: one
 * that names no kind would stop the Pods that controllers make.
 *
 * @internal
 */
export const EXPORTED_KINDS: readonly ServedKind[] = [
  ...served('v1', {
    Namespace: 'namespaces',
    ServiceAccount: 'serviceaccounts',
    ResourceQuota: 'resourcequotas',
    LimitRange: 'limitranges',
    Service: 'services',
    PersistentVolumeClaim: 'persistentvolumeclaims',
  }),
  ...served('rbac.authorization.k8s.io/v1', { RoleBinding: 'rolebindings' }),
  ...served('networking.k8s.io/v1', {
    NetworkPolicy: 'networkpolicies',
    Ingress: 'ingresses',
  }),
  ...served('apps/v1', {
    Deployment: 'deployments',
    StatefulSet: 'statefulsets',
  }),
  ...served('batch/v1', { CronJob: 'cronjobs' }),
  ...served('autoscaling/v2', {
    HorizontalPodAutoscaler: 'horizontalpodautoscalers',
  }),
  ...served('policy/v1', { PodDisruptionBudget: 'poddisruptionbudgets' }),
  ...served('gateway.networking.k8s.io/v1', { HTTPRoute: 'httproutes' }),
  ...served('traefik.io/v1alpha1', { IngressRoute: 'ingressroutes' }),
  ...served('cert-manager.io/v1', { Certificate: 'certificates' }),
  ...served('external-secrets.io/v1', { ExternalSecret: 'externalsecrets' }),
];

/** Rendered, too, but where Argo CD is, beside those of everybody else. @internal */
export const ELSEWHERE = ['AppProject', 'Application'];
