import type { KubernetesObject } from '../types';

/** The group of an API version; Kubernetes' own kinds of the first hour have none. @internal */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** What tells an object of a namespace apart, whatever version it is written in. @internal */
export function idOf({
  apiVersion,
  kind,
  metadata,
}: Pick<KubernetesObject, 'apiVersion' | 'kind'> & {
  metadata: { name: string };
}): string {
  return `${groupOf(apiVersion)}/${kind}/${metadata.name}`;
}

/** An object as a sentence names it. @internal */
export function titleOf({
  kind,
  metadata,
}: {
  kind: string;
  metadata: { name: string };
}): string {
  return `${kind} ${metadata.name}`;
}
