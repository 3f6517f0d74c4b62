import {
  LoggerService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  API_VERSION,
  formatProblem,
  hasErrors,
  platformPath,
  stringifyResource,
  validateResource,
  type Kind,
  type Resource,
} from '@slipway/plugin-slipway-common';
import { problemsError } from '../problems';
import { writeWorkspaceFile } from './workspaceFile';

/** A resource as a form gives it. @internal */
export interface ResourceInput {
  kind: Kind;
  name: string;
  /** The organization that it lives in; an Organization's is its own name. */
  organization: string;
  spec: Record<string, unknown>;
}

/**
 * Validates a resource and writes its file below a folder of the workspace,
 * in canonical form. Fails with every problem at once.
 *
 * @internal
 */
export async function writeResource(
  ctx: { workspacePath: string; logger: LoggerService },
  input: ResourceInput,
  targetPath: string = '.',
): Promise<{ path: string; content: string }> {
  const { kind, name, organization } = input;
  const value = {
    apiVersion: API_VERSION,
    kind,
    metadata: { name },
    spec: withoutAbsent(input.spec),
  };
  const problems = validateResource(value, { kinds: [kind] });
  if (hasErrors(problems)) {
    throw problemsError(
      `The ${kind} ${name} can't be written as it is:`,
      problems,
    );
  }
  problems.forEach(problem => ctx.logger.warn(formatProblem(problem)));

  // Valid, but without defaults: the file says what somebody asked for, no more.
  const content = stringifyResource(value as unknown as Resource);
  const path = pathOf(kind, name, organization);
  const changed = await writeWorkspaceFile(
    resolveSafeChildPath(ctx.workspacePath, targetPath),
    path,
    content,
  );
  ctx.logger.info(
    changed ? `Wrote ${path}` : `${path} already says the same; left as it is`,
  );
  return { path, content };
}

function pathOf(kind: Kind, name: string, organization: string): string {
  try {
    return platformPath(kind, { name, organization });
  } catch (error) {
    throw new InputError(
      `The ${kind} ${JSON.stringify(name)} of ${JSON.stringify(organization)} has no path: ${(error as Error).message}`,
    );
  }
}

/**
 * Drops what a form leaves empty: fields that are undefined, null or, at the
 * top, an empty text. Deeper down an empty text may be meant, as the value of
 * an environment variable is.
 */
function withoutAbsent(spec: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(spec).filter(([, value]) => value !== '');
  return prune(Object.fromEntries(kept)) as Record<string, unknown>;
}

function prune(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(prune);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined && entry !== null)
      .map(([key, entry]) => [key, prune(entry)]),
  );
}
