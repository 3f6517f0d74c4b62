import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  type ResourceEntity,
} from '@backstage/catalog-model';
import type { Database, ServiceSpec } from '@slipway/plugin-slipway-common';
import type { DeclaredService } from '../services';
import { databaseAnnotations } from './annotations';
import { locationAnnotations } from './location';
import { databaseRef } from './relations';

/**
 * The Resource of a database. It names the Component that depends on it, so
 * that the relation is there also where somebody else has made the Component.
 *
 * @internal
 */
export function buildDatabase(
  service: DeclaredService & { resource: ServiceSpec },
  database: Database,
  component: { name: string; ref: string },
): ResourceEntity {
  const { organization, name, path, resource } = service;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      namespace: DEFAULT_NAMESPACE,
      name: parseEntityRef(databaseRef(component.name, database.name)).name,
      title: `${database.name} (${name})`,
      description: `${database.engine} ${database.version}, ${database.size}`,
      annotations: {
        ...databaseAnnotations(organization, name, database.name),
        ...locationAnnotations(path),
      },
    },
    spec: {
      type: 'database',
      owner: resource.spec.owner,
      dependencyOf: [component.ref],
      ...(resource.spec.system && { system: resource.spec.system }),
    },
  };
}
