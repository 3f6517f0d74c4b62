import { parseAllDocuments } from 'yaml';
import { JsonObject, isObject, listAt, stringAt } from '../../apiserver/json';
import { KubeObject } from '../../apiserver/types';
import { SourceError, SourceFile } from './repository';

/** The order in which kinds are applied, as Argo CD's; kinds that aren't named come last. */
const ORDER = [
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'Pod',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'Ingress',
];

export function annotation(
  object: KubeObject,
  name: string,
): string | undefined {
  return object.metadata.annotations?.[name];
}

export function syncWave(object: KubeObject): number {
  return Number(annotation(object, 'argocd.argoproj.io/sync-wave') ?? 0) || 0;
}

export function isHook(object: KubeObject): boolean {
  return (
    annotation(object, 'argocd.argoproj.io/hook') !== undefined ||
    annotation(object, 'helm.sh/hook') !== undefined
  );
}

/** The objects of a directory, in the order in which they are applied. */
export function parseManifests(files: SourceFile[]): KubeObject[] {
  const objects = files.flatMap(file =>
    parseAllDocuments(file.text).flatMap(document => {
      if (document.errors?.length)
        throw new SourceError(
          `${file.path}: ${document.errors[0].message.split('\n')[0]}`,
        );
      return flatten(document.toJS({ maxAliasCount: 100 }), file.path);
    }),
  );
  const rank = (one: KubeObject) =>
    ORDER.includes(one.kind) ? ORDER.indexOf(one.kind) : ORDER.length;
  return objects.sort(
    (a, b) =>
      syncWave(a) - syncWave(b) ||
      rank(a) - rank(b) ||
      a.metadata.name.localeCompare(b.metadata.name),
  );
}

function flatten(value: unknown, path: string): KubeObject[] {
  if (value === null || value === undefined) return [];
  if (!isObject(value))
    throw new SourceError(`${path}: expected an object, found ${typeof value}`);
  if (stringAt(value, 'kind')?.endsWith('List') && Array.isArray(value.items)) {
    return listAt(value, 'items').flatMap(one => flatten(one, path));
  }
  const missing = [['apiVersion'], ['kind'], ['metadata', 'name']].find(
    field => !stringAt(value, ...field),
  );
  if (missing)
    throw new SourceError(`${path}: ${missing.join('.')} is missing`);
  return [value as JsonObject as KubeObject];
}
