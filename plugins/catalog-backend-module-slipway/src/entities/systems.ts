import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
  type SystemEntity,
} from '@backstage/catalog-model';
import {
  ENTITY_ANNOTATIONS,
  platformPath,
  type ApiOrganization,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import type { PresentEntity } from '../presence';
import type { DeclaredService } from '../services';
import { locationAnnotations } from './location';

/**
 * A System for each one that a spec names. It belongs to the owner of the
 * organization; where several name it, to the one that it belongs to already,
 * else to the first in alphabetical order.
 *
 * @internal
 */
export function buildSystems(
  services: ReadonlyArray<DeclaredService & { resource: ServiceSpec }>,
  organizations: readonly ApiOrganization[],
  present: readonly PresentEntity[],
): SystemEntity[] {
  const namedBy = new Map<string, Set<string>>();
  for (const { organization, resource } of services) {
    if (resource.spec.system) {
      const ref = systemRef(resource.spec.system);
      namedBy.set(ref, (namedBy.get(ref) ?? new Set()).add(organization));
    }
  }
  return [...namedBy].flatMap(([ref, names]) => {
    const held = present.find(entity => entity.ours && entity.ref === ref);
    const [first] = [...names].sort();
    const name =
      held?.organization && names.has(held.organization)
        ? held.organization
        : first;
    const owner = organizations.find(item => item.name === name)?.owner;
    // An organization whose file can't be read has no owner to give.
    return owner ? [buildSystem(ref, name, owner)] : [];
  });
}

function buildSystem(
  ref: string,
  organization: string,
  owner: string,
): SystemEntity {
  const { namespace, name } = parseEntityRef(ref);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: {
      namespace,
      name,
      annotations: {
        [ENTITY_ANNOTATIONS.organization]: organization,
        ...locationAnnotations(
          platformPath('Organization', { name: organization }),
        ),
      },
    },
    spec: { owner },
  };
}

function systemRef(text: string): string {
  return stringifyEntityRef(
    parseEntityRef(text, {
      defaultKind: 'System',
      defaultNamespace: DEFAULT_NAMESPACE,
    }),
  );
}
