import type { EnvironmentClass } from '@slipway/plugin-slipway-common';
import type { Finding } from './context';
import type { ClusterFacts } from './types';

/** How domains reach workloads in an environment. @internal */
export interface RouteChoice {
  kind: 'Ingress' | 'HTTPRoute' | 'IngressRoute';
  apiVersion: string;
  /** The namespace that connections from outside come from. */
  namespace: string;
  tls: boolean;
  /** The issuer of certificates, where the cluster has cert-manager. */
  issuer?: string;
}

/** Where each kind's controller usually runs. */
const USUAL_NAMESPACE = {
  Ingress: 'ingress-nginx',
  HTTPRoute: 'gateway',
  IngressRoute: 'traefik',
} as const;

const GROUP = {
  HTTPRoute: 'gateway.networking.k8s.io',
  IngressRoute: 'traefik.io',
} as const;

/**
 * The `group/version` under which a cluster serves a kind; the first of the
 * wanted versions that it has.
 *
 * @internal
 */
export function servedAs(
  cluster: ClusterFacts,
  group: string,
  versions: readonly string[],
  kind: string,
): string | undefined {
  const kinds = new Set(cluster.kinds);
  const version = versions.find(candidate =>
    kinds.has(`${group}/${candidate}/${kind}`),
  );
  return version && `${group}/${version}`;
}

/** @internal */
export function resolveRoute(
  environmentClass: EnvironmentClass,
  cluster: ClusterFacts,
  findings: Finding[],
): RouteChoice {
  const { kind: wanted, tls } = environmentClass.spec.routes;
  const available = {
    HTTPRoute:
      cluster.gateway &&
      servedAs(cluster, GROUP.HTTPRoute, ['v1'], 'HTTPRoute'),
    IngressRoute: servedAs(
      cluster,
      GROUP.IngressRoute,
      ['v1alpha1'],
      'IngressRoute',
    ),
    Ingress: 'networking.k8s.io/v1',
  };
  const order = ['HTTPRoute', 'IngressRoute', 'Ingress'] as const;
  const kind =
    order.find(
      candidate =>
        available[candidate] && (wanted === 'Auto' || wanted === candidate),
    ) ?? 'Ingress';
  if (wanted !== 'Auto' && wanted !== kind) {
    findings.push({
      rule: 'route-kind',
      result: 'warn',
      message: `Class ${environmentClass.metadata.name} wants ${wanted} routes, which cluster ${cluster.name} doesn't offer; Ingress is used.`,
      fix:
        wanted === 'HTTPRoute'
          ? 'Install the Gateway API and name a Gateway in the configuration of the cluster, or choose another kind in the class.'
          : 'Install Traefik with its custom resources on the cluster, or choose another kind in the class.',
    });
  }
  const issuer = servedAs(cluster, 'cert-manager.io', ['v1'], 'Certificate')
    ? tls.issuer
    : undefined;
  if (tls.enabled && tls.issuer && !issuer && kind !== 'HTTPRoute') {
    findings.push({
      rule: 'route-issuer',
      result: 'warn',
      message: `Cluster ${cluster.name} has no cert-manager, so issuer ${tls.issuer} can't be asked; the cluster's default certificate is served.`,
      fix: 'Install cert-manager on the cluster, or take the issuer out of the class.',
    });
  }
  return {
    kind,
    apiVersion: available[kind] ?? available.Ingress,
    namespace:
      cluster.ingress?.namespace ??
      (kind === 'HTTPRoute' ? cluster.gateway?.namespace : undefined) ??
      USUAL_NAMESPACE[kind],
    tls: tls.enabled,
    issuer: tls.enabled ? issuer : undefined,
  };
}
