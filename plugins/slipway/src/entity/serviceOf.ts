import type { Entity } from '@backstage/catalog-model';
import { ENTITY_ANNOTATIONS } from '@slipway/plugin-slipway-common';

/** The service that an entity stands for. @internal */
export interface ServiceKey {
  organization: string;
  service: string;
}

/**
 * Reads `slipway.dev/service: <organization>/<service>`. Answers undefined where it is absent or something else.
 *
 * @internal
 */
export function serviceOf(entity: Entity): ServiceKey | undefined {
  const value = entity.metadata.annotations?.[ENTITY_ANNOTATIONS.service];
  const [organization, service, ...more] = value?.split('/') ?? [];
  return organization && service && more.length === 0
    ? { organization, service }
    : undefined;
}

/**
 * Whether Slipway has something to show for an entity.
 *
 * @public
 */
export const isSlipwayAvailable = (entity: Entity): boolean =>
  serviceOf(entity) !== undefined;
