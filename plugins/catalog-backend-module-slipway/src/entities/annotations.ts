import { ENTITY_ANNOTATIONS, LABELS } from '@slipway/plugin-slipway-common';

/**
 * The annotations by which Slipway's own cards and the ordinary Kubernetes,
 * Argo CD and Tekton plugins find a service. Both label and organization are
 * selected by, because two organizations may have a service of the same name.
 *
 * @internal
 */
export function serviceAnnotations(
  organization: string,
  service: string,
): Record<string, string> {
  const selector = serviceSelector(organization, service);
  return {
    [ENTITY_ANNOTATIONS.service]: `${organization}/${service}`,
    [ENTITY_ANNOTATIONS.organization]: organization,
    [ENTITY_ANNOTATIONS.kubernetesId]: service,
    [ENTITY_ANNOTATIONS.kubernetesLabelSelector]: selector,
    [ENTITY_ANNOTATIONS.argocdAppSelector]: selector,
    [ENTITY_ANNOTATIONS.tektonCicd]: 'true',
  };
}

/** The annotations of a database: its own objects only. @internal */
export function databaseAnnotations(
  organization: string,
  service: string,
  database: string,
): Record<string, string> {
  return {
    [ENTITY_ANNOTATIONS.service]: `${organization}/${service}`,
    [ENTITY_ANNOTATIONS.organization]: organization,
    [ENTITY_ANNOTATIONS.kubernetesLabelSelector]: `${serviceSelector(organization, service)},${LABELS.database}=${database}`,
  };
}

function serviceSelector(organization: string, service: string): string {
  return `${LABELS.organization}=${organization},${LABELS.service}=${service}`;
}
