import {
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import {
  readResource,
  type ApiOrganization,
  type ServiceSpecInput,
} from '@slipway/plugin-slipway-common';
import type { PresentEntity } from '../presence';
import type { DeclaredService } from '../services';

/** A ServiceSpec as it may be written, short. */
export function spec(
  organization: string,
  name: string,
  rest: Partial<ServiceSpecInput['spec']> & {
    needs?: string[];
    annotations?: Record<string, string>;
  } = {},
): ServiceSpecInput {
  const { needs = [], annotations, ...fields } = rest;
  return {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'ServiceSpec',
    metadata: { name, ...(annotations && { annotations }) },
    spec: {
      organization,
      owner: 'group:default/payments',
      workloads: [
        {
          name: 'web',
          image: { repository: `registry.example.com/${organization}/${name}` },
          port: 8080,
          needs,
          resources: { cpu: '100m', memory: '128Mi' },
        },
      ],
      ...fields,
    },
  };
}

/** A database, short. */
export function database(name: string) {
  return { name, engine: 'postgres' as const, version: '16', size: '1Gi' };
}

/** A service as the provider has read it. */
export function declared(input: ServiceSpecInput): DeclaredService {
  const { resource, problems } = readResource(input);
  if (resource?.kind !== 'ServiceSpec') {
    throw new Error(
      `The test's own spec is wrong: ${JSON.stringify(problems)}`,
    );
  }
  const { organization } = input.spec;
  const { name } = input.metadata;
  return {
    organization,
    name,
    path: `organizations/${organization}/services/${name}.yaml`,
    resource,
  };
}

/** A service whose file has errors. */
export function broken(organization: string, name: string): DeclaredService {
  return {
    organization,
    name,
    path: `organizations/${organization}/services/${name}.yaml`,
  };
}

/** An organization as the API lists it. */
export function organizationItem(name: string, owner: string): ApiOrganization {
  return {
    name,
    owner,
    displayName: name,
    pipelineEngine: 'tekton',
    services: 1,
    environments: 1,
    cents: 0,
    currency: 'USD',
    problems: [],
    mayCreate: false,
  };
}

/** An entity of the catalog as the presence check sees it. */
export function present(
  ref: string,
  rest: Partial<PresentEntity> = {},
): PresentEntity {
  const kind = ref.slice(0, ref.indexOf(':'));
  return {
    ref,
    kind: kind === 'api' ? 'API' : kind[0].toUpperCase() + kind.slice(1),
    ours: true,
    ...rest,
  };
}

/** A Component that a team has registered itself. */
export function ownComponent(
  name: string,
  annotations: Record<string, string> = {},
): Entity {
  const location = `url:https://git.example.com/${name}/catalog-info.yaml`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-location': location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        ...annotations,
      },
    },
    spec: {
      type: 'website',
      lifecycle: 'production',
      owner: 'group:default/web',
    },
  };
}
