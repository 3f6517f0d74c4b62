import { LABELS } from '@slipway/plugin-slipway-common';
import type { LiveKind } from '@slipway/plugin-slipway-node';
import type { ClusterInfo } from '../ports/Clusters';
import type { Selection } from '../ports/ClusterWatch';

/** Everything that belongs to a service carries this label, and what its controllers make carries it too. */
const OF_A_SERVICE = LABELS.service;

/** The kind of Argo CD's Applications. */
export const APPLICATION = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
};

/** The kind of what a cluster says about its objects. */
export const EVENT = { apiVersion: 'v1', kind: 'Event' };

/** What is shown of an environment, beside its Application. */
const OBJECTS = [
  { apiVersion: 'v1', kind: 'Namespace' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
  { apiVersion: 'v1', kind: 'Pod' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  { apiVersion: 'batch/v1', kind: 'CronJob' },
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' },
  { apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute' },
];

/** A kind to watch. */
export interface Watched extends Selection {
  /** What is shown is less without it, and not wrong: a cluster that doesn't let us see it is no worse known. */
  optional?: boolean;
}

/**
 * One watch per kind and cluster: what is shown of environments, warnings, what engines contribute, and Applications
 * where Argo CD looks for them.
 */
export function selectionsOf(
  cluster: ClusterInfo,
  all: ClusterInfo[],
  kinds: LiveKind[] = [],
): Watched[] {
  const argocd = new Set(
    all
      .filter(info => info.argocd.cluster === cluster.name)
      .map(info => info.argocd.namespace),
  );
  const contributed = kinds.map(
    ({ apiVersion, kind, namespace, labelSelector }) => ({
      apiVersion,
      kind,
      ...(namespace !== undefined && { namespace }),
      ...(labelSelector !== undefined && { labelSelector }),
      optional: true,
    }),
  );
  const objects = OBJECTS.filter(
    own => !kinds.some(kind => same(kind, own)),
  ).map(kind => ({ ...kind, labelSelector: OF_A_SERVICE }));
  // Events carry no labels of what they are about; only what fails is asked for.
  const warnings = {
    ...EVENT,
    fieldSelector: 'type=Warning',
    optional: true,
  };
  const applications = [...argocd].map(namespace => ({
    ...APPLICATION,
    namespace,
    labelSelector: OF_A_SERVICE,
  }));
  return [...objects, ...contributed, warnings, ...applications];
}

function same(
  a: { apiVersion: string; kind: string },
  b: { apiVersion: string; kind: string },
): boolean {
  return a.apiVersion === b.apiVersion && a.kind === b.kind;
}
