import type { Entity } from '@backstage/catalog-model';
import type {
  CatalogProcessor,
  LocationSpec,
} from '@backstage/plugin-catalog-node';
import { ENTITY_ANNOTATIONS } from '@slipway/plugin-slipway-common';
import { serviceAnnotations } from './entities/annotations';
import { LOCATION_TYPE } from './entities/location';

/** `<organization>/<service>`, both names as Slipway has them. */
const SERVICE = /^([a-z0-9]+(?:-[a-z0-9]+)*)\/([a-z0-9]+(?:-[a-z0-9]+)*)$/;

/**
 * Enriches a Component that was in the catalog before Slipway: where it says
 * which service it is, it gets the annotations that cards and plugins look for.
 * What its own file says stays as it is.
 *
 * @internal
 */
export class SlipwayServiceProcessor implements CatalogProcessor {
  /** {@inheritDoc @backstage/plugin-catalog-node#CatalogProcessor.getProcessorName} */
  getProcessorName(): string {
    return 'SlipwayServiceProcessor';
  }

  /** {@inheritDoc @backstage/plugin-catalog-node#CatalogProcessor.preProcessEntity} */
  async preProcessEntity(
    entity: Entity,
    location: LocationSpec,
  ): Promise<Entity> {
    const { annotations = {} } = entity.metadata;
    const [, organization, service] =
      SERVICE.exec(annotations[ENTITY_ANNOTATIONS.service] ?? '') ?? [];
    if (
      entity.kind !== 'Component' ||
      location.type === LOCATION_TYPE ||
      service === undefined
    ) {
      return entity;
    }
    return {
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: {
          ...serviceAnnotations(organization, service),
          ...annotations,
        },
      },
    };
  }
}
