import { LABELS } from '@slipway/plugin-slipway-common';
import type { ClusterInfo } from '../ports/Clusters';
import type { Selection } from '../ports/ClusterWatch';

/** Everything that belongs to a service carries this label, and what its controllers make carries it too. */
const OF_A_SERVICE = LABELS.service;

/** The kind of Argo CD's Applications. */
export const APPLICATION = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
};

/** The kind of Tekton's runs. */
export const PIPELINE_RUN = {
  apiVersion: 'tekton.dev/v1',
  kind: 'PipelineRun',
};

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

/** One watch per kind and cluster; Applications only where Argo CD looks for them. */
export function selectionsOf(
  cluster: ClusterInfo,
  all: ClusterInfo[],
): Selection[] {
  const argocd = new Set(
    all
      .filter(info => info.argocd.cluster === cluster.name)
      .map(info => info.argocd.namespace),
  );
  const objects = [...OBJECTS, PIPELINE_RUN].map(kind => ({
    ...kind,
    labelSelector: OF_A_SERVICE,
  }));
  const applications = [...argocd].map(namespace => ({
    ...APPLICATION,
    namespace,
    labelSelector: OF_A_SERVICE,
  }));
  return [...objects, ...applications];
}
