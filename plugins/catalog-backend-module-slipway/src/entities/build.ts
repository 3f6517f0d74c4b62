import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { ServiceSpec } from '@slipway/plugin-slipway-common';
import type { PresentEntity } from '../presence';
import { serviceKey, type Declared, type DeclaredService } from '../services';
import { buildComponent } from './component';
import { buildDatabase } from './database';
import { componentRef, nameComponents } from './names';
import { databaseRef, neededServices } from './relations';
import { buildSystems } from './systems';

type ReadableService = DeclaredService & { resource: ServiceSpec };

/**
 * The entities of everything that is declared, in the order of their
 * references. Services whose file has errors give none; their names are kept
 * for them all the same.
 *
 * @internal
 */
export function buildEntities(
  { organizations, services }: Declared,
  present: readonly PresentEntity[],
  appBaseUrl: string,
): Entity[] {
  const names = nameComponents(services, present);
  const others = componentsOfOthers(present);
  const components = new Map(
    [...names].map(([key, name]) => [
      key,
      others.get(key) ?? componentRef(name),
    ]),
  );
  const readable = services.filter(isReadable);
  const refsOf = (keys: string[]) =>
    keys.flatMap(key => components.get(key) ?? []);

  const entities = readable.flatMap((service): Entity[] => {
    const key = serviceKey(service);
    const name = names.get(key) as string;
    const ref = components.get(key) as string;
    const { databases } = service.resource.spec;
    const resources = databases.map(database =>
      buildDatabase(service, database, { name, ref }),
    );
    if (others.has(key)) {
      return resources;
    }
    const component = buildComponent(
      service,
      {
        name,
        dependsOn: [
          ...databases.map(database => databaseRef(name, database.name)),
          ...refsOf(neededServices(service)),
        ],
        dependencyOf: refsOf(
          readable
            .filter(other => others.has(serviceKey(other)))
            .filter(other => neededServices(other).includes(key))
            .map(serviceKey),
        ),
        providesApis: present
          .filter(entity => entity.kind === 'API' && entity.service === key)
          .map(entity => entity.ref),
      },
      appBaseUrl,
    );
    return [component, ...resources];
  });
  return [...entities, ...buildSystems(readable, organizations, present)].sort(
    (a, b) => (stringifyEntityRef(a) < stringifyEntityRef(b) ? -1 : 1),
  );
}

/** Components that somebody else keeps and that say which service they are. */
function componentsOfOthers(
  present: readonly PresentEntity[],
): Map<string, string> {
  return new Map(
    present.flatMap(({ kind, service, ours, ref }) =>
      kind === 'Component' && service !== undefined && !ours
        ? [[service, ref] as const]
        : [],
    ),
  );
}

function isReadable(service: DeclaredService): service is ReadableService {
  return service.resource !== undefined;
}
