import { LABELS, MANAGED_BY } from '@slipway/plugin-slipway-common';
import type { EnvironmentName } from '../../domain/platform/planDeclared';
import type { KubernetesObject } from '../../ports/Clusters';

/** On a namespace that outlives its environment, because of the databases in it. */
export const RETAINED_LABEL = 'slipway.dev/retained';

/** Whether an object belongs to this environment. Its name alone proves nothing: only our labels do. */
export function isOurs(
  object: KubernetesObject,
  name: EnvironmentName,
): boolean {
  const labels = object.metadata.labels ?? {};
  return (
    labels[LABELS.managedBy] === MANAGED_BY &&
    labels[LABELS.organization] === name.organization &&
    labels[LABELS.service] === name.service &&
    labels[LABELS.environment] === name.environment
  );
}

/** Whose an object is, in words. */
export function ownerInWords(object: KubernetesObject): string {
  const labels = object.metadata.labels ?? {};
  const parts = [
    labels[LABELS.organization],
    labels[LABELS.service],
    labels[LABELS.environment],
  ];
  if (parts.every(Boolean)) return parts.join('/');
  const manager = labels[LABELS.managedBy];
  return manager
    ? `'${manager}' (${LABELS.managedBy})`
    : 'somebody without Slipway’s labels';
}
