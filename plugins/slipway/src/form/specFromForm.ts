import { API_VERSION } from '@slipway/plugin-slipway-common';
import type { BindingOptions, ServiceForm } from './types';

/** A resource as a form makes it: in the shape of its kind, not yet validated. @public */
export interface DraftResource {
  apiVersion: string;
  kind: 'ServiceSpec' | 'RepoBinding' | 'Organization';
  metadata: { name?: string };
  spec: Record<string, unknown>;
}

/** Text fields of the form are empty where nobody typed; in a file such a field is absent. */
const given = (text: string | undefined): string | undefined =>
  text === '' ? undefined : text;

/** Without keys that have no value: what isn't said isn't written. */
const said = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  );

/**
 * The ServiceSpec that the form describes. Lists are taken as they are: the fields hold them in the spec's own shape.
 *
 * @public
 */
export function specFromForm(form: ServiceForm): DraftResource {
  return {
    apiVersion: API_VERSION,
    kind: 'ServiceSpec',
    metadata: said({ name: given(form.name) }),
    spec: said({
      organization: given(form.organization),
      owner: given(form.owner),
      system: given(form.system),
      description: given(form.description),
      lifecycle: given(form.lifecycle),
      workloads: form.workloads ?? form.firstSpec?.workloads ?? [],
      databases: form.databases ?? form.firstSpec?.databases ?? [],
      environments: form.environments ?? [],
    }),
  };
}

/**
 * The RepoBinding that goes with it: the code repository of the service, bound to its organization and to the pipeline
 * that builds it.
 *
 * @public
 */
export function bindingFromForm(
  form: ServiceForm,
  options: BindingOptions = {},
): DraftResource {
  const name = given(form.name);
  const organization = given(form.organization);
  return {
    apiVersion: API_VERSION,
    kind: 'RepoBinding',
    metadata: said({ name }),
    spec: said({
      organization,
      repository: said({
        owner:
          given(options.repositoryOwner) ??
          given(form.repository?.owner) ??
          organization,
        name:
          given(options.repositoryName) ?? given(form.repository?.name) ?? name,
        branch: given(options.branch) ?? given(form.repository?.branch),
      }),
      pipeline: said({
        name,
        template:
          given(options.pipelineTemplate) ??
          given(form.pipelineTemplate) ??
          given(form.skeleton),
      }),
    }),
  };
}

/**
 * The Organization that is made with the service, of the repository that its code lives beside.
 *
 * @public
 */
export function organizationFromForm(form: ServiceForm): DraftResource {
  const { newOrganization: own = {}, repository, organization } = form;
  return {
    apiVersion: API_VERSION,
    kind: 'Organization',
    metadata: said({ name: given(organization) }),
    spec: said({
      owner: given(own.owner) ?? given(form.owner),
      displayName: given(own.displayName) ?? given(organization),
      gitHost: said({
        integration: repository?.integration,
        namespace: repository?.owner,
      }),
      pipelineEngine: given(own.pipelineEngine),
      webhook: said({ domain: given(own.webhookDomain) }),
      secretStore: { provider: given(own.secretStore) ?? 'kubernetes' },
      registry: said({ url: given(own.registry) }),
    }),
  };
}
