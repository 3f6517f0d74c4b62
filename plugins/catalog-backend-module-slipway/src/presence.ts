import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  CATALOG_FILTER_EXISTS,
  type EntityFilterQuery,
} from '@backstage/catalog-client';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { ENTITY_ANNOTATIONS } from '@slipway/plugin-slipway-common';
import { LOCATION_TYPE } from './entities/location';

/** As many references as are looked up in one call. */
const BATCH = 500;

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
];

/** An entity of the catalog, as far as it matters here. @internal */
export interface PresentEntity {
  ref: string;
  kind: string;
  /** `<organization>/<service>`, where it is annotated. */
  service?: string;
  organization?: string;
  /** Whether this provider has made it. */
  ours: boolean;
}

/** Looks into the catalog, so that nothing is fought over. @internal */
export class CatalogPresence {
  constructor(
    private readonly catalog: CatalogService,
    private readonly credentials: () => Promise<BackstageCredentials>,
  ) {}

  /** All entities that name a service or an organization of Slipway. */
  async annotated(): Promise<PresentEntity[]> {
    const filter: EntityFilterQuery = [
      ENTITY_ANNOTATIONS.service,
      ENTITY_ANNOTATIONS.organization,
    ].map(key => ({ [`metadata.annotations.${key}`]: CATALOG_FILTER_EXISTS }));
    const { items } = await this.catalog.getEntities(
      { filter, fields: FIELDS },
      { credentials: await this.credentials() },
    );
    return items.map(present);
  }

  /** Which of these references are taken by an entity that isn't ours. */
  async takenByOthers(refs: readonly string[]): Promise<Set<string>> {
    const credentials = await this.credentials();
    const taken = new Set<string>();
    for (let at = 0; at < refs.length; at += BATCH) {
      const { items } = await this.catalog.getEntitiesByRefs(
        { entityRefs: refs.slice(at, at + BATCH), fields: FIELDS },
        { credentials },
      );
      for (const entity of items) {
        if (entity && !isOurs(entity)) taken.add(stringifyEntityRef(entity));
      }
    }
    return taken;
  }
}

function present(entity: Entity): PresentEntity {
  const annotations = entity.metadata.annotations ?? {};
  return {
    ref: stringifyEntityRef(entity),
    kind: entity.kind,
    service: annotations[ENTITY_ANNOTATIONS.service],
    organization: annotations[ENTITY_ANNOTATIONS.organization],
    ours: isOurs(entity),
  };
}

function isOurs({ metadata }: Entity): boolean {
  return Boolean(
    metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION]?.startsWith(
      `${LOCATION_TYPE}:`,
    ),
  );
}
