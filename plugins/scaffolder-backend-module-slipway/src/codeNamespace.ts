import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  parseFile,
  platformPath,
  unwrap,
  type SlipwayClient,
} from '@slipway/plugin-slipway-common';
import { readFile } from 'node:fs/promises';
import { calling, problemsError } from './problems';

/**
 * Where the code of an organization lives at its Git host. An organization
 * that an earlier step has written counts before the one in the platform
 * repository, so that both can arrive in one change.
 *
 * @internal
 */
export async function codeNamespace(
  client: SlipwayClient,
  workspacePath: string,
  input: { organization: string; targetPath?: string },
): Promise<string> {
  const path = organizationPath(input.organization);
  const root = resolveSafeChildPath(workspacePath, input.targetPath ?? '.');
  const written = await readFile(
    resolveSafeChildPath(root, path),
    'utf8',
  ).catch(() => undefined);
  const text =
    written ??
    (
      await calling(`Reading the organization ${input.organization}`, () =>
        unwrap(client.GET('/v1alpha1/files', { params: { query: { path } } })),
      )
    ).content;

  const { resources, problems } = parseFile(text, {
    path,
    kinds: ['Organization'],
  });
  const [resource] = resources;
  if (resource?.kind !== 'Organization') {
    throw problemsError(
      `The organization ${input.organization} has problems, so where its code lives can't be told. Name the repository's owner, or put these right:`,
      problems,
    );
  }
  return resource.spec.gitHost.namespace;
}

function organizationPath(organization: string): string {
  try {
    return platformPath('Organization', { name: organization });
  } catch (error) {
    throw new InputError(
      `There can be no such organization: ${(error as Error).message}`,
    );
  }
}
