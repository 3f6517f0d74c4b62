import { ResourceKind, resourceName } from './kinds';
import { Matcher, fieldSelector, labelSelector } from './selectors';
import { ApiError, badRequest, gone, invalid } from './status';
import { Store, objectKey } from './store';
import { KubeObject } from './types';

export interface ListOptions {
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
  resourceVersion?: string;
  resourceVersionMatch?: string;
}

export interface Page {
  items: KubeObject[];
  revision: number;
  continue?: string;
  remaining?: number;
}

interface Continuation {
  revision: number;
  after: string;
}

export function matcher(kind: ResourceKind, options: ListOptions): Matcher {
  const labels = labelSelector(options.labelSelector);
  const fields = fieldSelector(
    options.fieldSelector,
    resourceName(kind),
    kind.selectableFields,
  );
  return object => labels(object) && fields(object);
}

function decodeContinue(token: string): Continuation {
  try {
    const parsed = JSON.parse(
      Buffer.from(token, 'base64url').toString('utf8'),
    ) as Continuation;
    if (typeof parsed.revision === 'number' && typeof parsed.after === 'string')
      return parsed;
  } catch {
    // Told below, as any other token that is not ours.
  }
  throw badRequest('continue key is not valid: it was not made by this server');
}

export function parseRevision(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^\d+$/.test(text)) {
    throw invalid('meta.k8s.io', 'ListOptions', '', [
      {
        type: 'FieldValueInvalid',
        field: 'resourceVersion',
        message: `Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
      },
    ]);
  }
  return Number(text);
}

/** One page of a list; later pages show the world of the first one. */
export function page(
  store: Store,
  kind: ResourceKind,
  namespace: string | undefined,
  options: ListOptions,
): Page {
  const matches = matcher(kind, options);
  const token = options.continue ? decodeContinue(options.continue) : undefined;
  const wanted = parseRevision(options.resourceVersion);
  if (token && wanted)
    throw badRequest(
      'specifying resource version is not allowed when using continue',
    );
  const exact = options.resourceVersionMatch === 'Exact' ? wanted : undefined;
  if (wanted !== undefined && wanted > store.revision) {
    throw new ApiError(
      504,
      'Timeout',
      `Timeout: Too large resource version: ${wanted}, current: ${store.revision}`,
    );
  }
  const revision = token?.revision ?? exact ?? store.revision;
  let all: KubeObject[];
  try {
    all = store.list(resourceName(kind), namespace, revision);
  } catch {
    throw gone(
      token
        ? 'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.'
        : `The resourceVersion for the provided list is too old: ${revision}`,
    );
  }
  const key = (object: KubeObject) =>
    objectKey(object.metadata.namespace, object.metadata.name);
  const found = all.filter(
    one => (!token || key(one) > token.after) && matches(one),
  );
  const limit =
    options.limit && options.limit > 0 ? options.limit : found.length;
  const items = found.slice(0, limit);
  if (items.length === found.length) return { items, revision };
  const next: Continuation = { revision, after: key(items[items.length - 1]) };
  const selective = Boolean(options.labelSelector || options.fieldSelector);
  return {
    items,
    revision,
    continue: Buffer.from(JSON.stringify(next)).toString('base64url'),
    // A real server can't count what a selector leaves out, and doesn't say.
    ...(selective ? {} : { remaining: found.length - items.length }),
  };
}
