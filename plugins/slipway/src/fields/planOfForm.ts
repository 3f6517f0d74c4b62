import { InputError } from '@backstage/errors';
import {
  parseFile,
  platformPath,
  unwrap,
  type ApiPlan,
  type SlipwayClient,
} from '@slipway/plugin-slipway-common';
import {
  filesFromForm,
  problemLine,
  type BindingOptions,
  type ServiceForm,
} from '../form';

/**
 * Where the code of an organization lives at its Git host: the default that `slipway:repobinding:write` takes for the
 * owner of the repository.
 */
async function codeNamespace(
  client: SlipwayClient,
  organization: string,
  signal?: AbortSignal,
): Promise<string> {
  const path = platformPath('Organization', { name: organization });
  const { content } = await unwrap(
    client.GET('/v1alpha1/files', { params: { query: { path } }, signal }),
  );
  const { resources, problems } = parseFile(content, {
    path,
    kinds: ['Organization'],
  });
  const [resource] = resources;
  if (resource?.kind !== 'Organization') {
    throw new InputError(
      `The organization ${organization} has problems, so where its code lives can't be told: ${problems.map(one => problemLine(one)).join(' ')}`,
    );
  }
  return resource.spec.gitHost.namespace;
}

/**
 * The plan of a form without errors: what the files that its run would write would do.
 *
 * @internal
 */
export async function planOfForm(
  client: SlipwayClient,
  form: ServiceForm,
  options: BindingOptions,
  signal?: AbortSignal,
): Promise<ApiPlan> {
  const repositoryOwner =
    options.repositoryOwner ||
    form.repository?.owner ||
    (await codeNamespace(client, form.organization ?? '', signal));
  const { files, problems } = filesFromForm(form, {
    ...options,
    repositoryOwner,
  });
  if (!files) {
    throw new InputError(problems.map(one => problemLine(one)).join(' '));
  }
  return unwrap(client.POST('/v1alpha1/plans', { body: { files }, signal }));
}
