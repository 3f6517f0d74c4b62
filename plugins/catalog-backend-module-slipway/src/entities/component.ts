import type { ComponentEntity, EntityLink } from '@backstage/catalog-model';
import { DEFAULT_NAMESPACE } from '@backstage/catalog-model';
import type { ServiceSpec } from '@slipway/plugin-slipway-common';
import type { DeclaredService } from '../services';
import { serviceAnnotations } from './annotations';
import { locationAnnotations } from './location';

/** What is known of a Component beyond its own spec. @internal */
export interface ComponentRelations {
  name: string;
  dependsOn: string[];
  /** Components that others have made and that say nothing of this one. */
  dependencyOf: string[];
  providesApis: string[];
}

/**
 * The Component of a service.
 *
 * @internal
 */
export function buildComponent(
  service: DeclaredService & { resource: ServiceSpec },
  relations: ComponentRelations,
  appBaseUrl: string,
): ComponentEntity {
  const { organization, name, path, resource } = service;
  const { spec, metadata } = resource;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      namespace: DEFAULT_NAMESPACE,
      name: relations.name,
      // The name in the catalog may be longer where two organizations share one.
      ...(relations.name !== name && { title: `${name} (${organization})` }),
      ...(spec.description && { description: spec.description }),
      annotations: {
        ...metadata.annotations,
        ...serviceAnnotations(organization, name),
        ...locationAnnotations(path),
      },
      links: links(service, appBaseUrl),
    },
    spec: {
      type: 'service',
      lifecycle: spec.lifecycle,
      owner: spec.owner,
      ...(spec.system && { system: spec.system }),
      ...lists(relations),
    },
  };
}

function lists({ dependsOn, dependencyOf, providesApis }: ComponentRelations) {
  return Object.fromEntries(
    Object.entries({ dependsOn, dependencyOf, providesApis })
      .filter(([, refs]) => refs.length > 0)
      .map(([field, refs]) => [field, [...refs].sort()]),
  );
}

function links(
  { organization, name, resource }: DeclaredService & { resource: ServiceSpec },
  appBaseUrl: string,
): EntityLink[] {
  const { environments, workloads } = resource.spec;
  const code = workloads
    .map(({ source }) => source?.repository)
    .filter(repository => repository?.startsWith('https://'));
  return [
    ...environments.map(environment => ({
      title: `Environment ${environment.name}`,
      url: `${appBaseUrl}/slipway/environments/${organization}/${name}/${environment.name}`,
      icon: 'dashboard',
    })),
    ...[...new Set(code)].map(url => ({
      title: 'Code',
      url: url as string,
      icon: 'code',
    })),
  ];
}
