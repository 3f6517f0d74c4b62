import {
  Application,
  AppProject,
} from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { CronJob } from 'kubernetes-models/batch/v1';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import {
  LimitRange,
  Namespace,
  PersistentVolumeClaim,
  ResourceQuota,
  Secret,
  Service,
  ServiceAccount,
} from 'kubernetes-models/v1';
import type { KubernetesObject } from '../types';

interface Model {
  apiVersion: string;
  kind: string;
  // Every model takes data of its own type; what is passed has been compared by name.
  new (data: never): { validate(): void };
}

const MODELS: Model[] = [
  Application,
  AppProject,
  CronJob,
  Deployment,
  HorizontalPodAutoscaler,
  Ingress,
  LimitRange,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  ResourceQuota,
  RoleBinding,
  Secret,
  Service,
  ServiceAccount,
  StatefulSet,
];

/** Kinds whose schemas no library has; a real API server checks them. */
const CUSTOM = ['Certificate', 'ExternalSecret', 'HTTPRoute', 'IngressRoute'];

/** What the schemas of Kubernetes and Argo CD find wrong with objects. */
export function validationErrors(objects: KubernetesObject[]): string[] {
  return objects.flatMap(object => {
    const Model = MODELS.find(
      ({ apiVersion, kind }) =>
        apiVersion === object.apiVersion && kind === object.kind,
    );
    const name = `${object.kind} ${object.metadata.name}`;
    if (!Model) {
      return CUSTOM.includes(object.kind) ? [] : [`${name}: unknown kind`];
    }
    try {
      new Model(object as never).validate();
      return [];
    } catch (error) {
      return [`${name}: ${(error as Error).message}`];
    }
  });
}
