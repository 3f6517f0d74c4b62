import { API_VERSION } from '@slipway/plugin-slipway-common';
import type { BindingOptions, ServiceForm } from './types';

/** A resource as a form makes it: in the shape of its kind, not yet validated. @public */
export interface DraftResource {
  apiVersion: string;
  kind: 'ServiceSpec' | 'RepoBinding';
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
      workloads: form.workloads ?? [],
      databases: form.databases ?? [],
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
        owner: given(options.repositoryOwner) ?? organization,
        name: given(options.repositoryName) ?? name,
        branch: given(options.branch),
      }),
      pipeline: said({
        name,
        template: given(options.pipelineTemplate) ?? given(form.skeleton),
      }),
    }),
  };
}
