import {
  readResource,
  SlipwayApiError,
  unwrap,
  type ApiOrganization,
  type ServiceSpec,
  type SlipwayClient,
} from '@slipway/plugin-slipway-common';
import limiterFactory from 'p-limit';

/** As many services are asked for at once: the backend has other callers. */
const CONCURRENCY = 8;

/** A service as the platform repository declares it. @internal */
export interface DeclaredService {
  organization: string;
  name: string;
  /** Its file in the platform repository. */
  path: string;
  /** Absent while the file has errors. */
  resource?: ServiceSpec;
}

/** Everything that the catalog is told about. @internal */
export interface Declared {
  organizations: ApiOrganization[];
  services: DeclaredService[];
}

/** `<organization>/<service>`, as the annotation has it. @internal */
export function serviceKey(service: {
  organization: string;
  name: string;
}): string {
  return `${service.organization}/${service.name}`;
}

/**
 * Reads what is declared, all of it or nothing: an answer that fails is thrown,
 * because half a list would look like deletions.
 *
 * @internal
 */
export async function readDeclared(client: SlipwayClient): Promise<Declared> {
  const [organizations, services] = await Promise.all([
    unwrap(client.GET('/v1alpha1/organizations')),
    unwrap(client.GET('/v1alpha1/services')),
  ]);
  const limit = limiterFactory(CONCURRENCY);
  const found = await Promise.all(
    services.items.map(({ organization, name }) =>
      limit(() => readService(client, organization, name)),
    ),
  );
  return {
    organizations: organizations.items,
    services: found.filter(service => service !== undefined),
  };
}

async function readService(
  client: SlipwayClient,
  organization: string,
  name: string,
): Promise<DeclaredService | undefined> {
  try {
    const { path, spec } = await unwrap(
      client.GET('/v1alpha1/services/{organization}/{service}', {
        params: { path: { organization, service: name } },
      }),
    );
    const { resource } = readResource(spec, { kinds: ['ServiceSpec'] });
    return {
      organization,
      name,
      path,
      ...(resource?.kind === 'ServiceSpec' && { resource }),
    };
  } catch (error) {
    // Deleted since the list was read: that is an answer, not a failure.
    if (error instanceof SlipwayApiError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}
