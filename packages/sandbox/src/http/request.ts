import { IncomingMessage } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { ApiError, badRequest } from '../apiserver/status';

/** Where a request goes, as Kubernetes takes a path apart. */
export interface RequestInfo {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Unset for paths that are no resources (`/version`, `/apis`, …). */
  resource?: {
    group: string;
    version: string;
    plural: string;
    namespace?: string;
    name?: string;
    subresource?: string;
  };
}

const BODY_LIMIT = 3 * 1024 * 1024;

/** A path that can't be read is the client's mistake. */
function parseUrl(path: string): URL {
  try {
    decodeURIComponent(path.split('?')[0]);
    return new URL(`http://sandbox${path}`);
  } catch {
    throw badRequest(`"${path}" is no path`);
  }
}

export function parsePath(request: IncomingMessage): RequestInfo {
  const url = parseUrl(request.url ?? '/');
  const info: RequestInfo = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
  };
  const parts = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  let rest: string[];
  let group = '';
  let version: string;
  if (parts[0] === 'api' && parts.length > 2) {
    [, version, ...rest] = parts;
  } else if (parts[0] === 'apis' && parts.length > 3) {
    [, group, version, ...rest] = parts;
  } else {
    return info;
  }
  // The old way of asking for a watch: /api/v1/watch/…
  if (rest[0] === 'watch') {
    rest.shift();
    info.query.set('watch', 'true');
  }
  // A namespace with more behind it holds resources; its own subresources are the exception.
  if (
    rest[0] === 'namespaces' &&
    rest.length > 2 &&
    !(rest.length === 3 && ['status', 'finalize'].includes(rest[2]))
  ) {
    const [, namespace, plural, name, subresource, ...more] = rest;
    info.resource = {
      group,
      version,
      plural,
      namespace,
      name,
      subresource:
        [subresource, ...more].filter(Boolean).join('/') || undefined,
    };
  } else {
    const [plural, name, ...more] = rest;
    info.resource = {
      group,
      version,
      plural,
      name,
      subresource: more.join('/') || undefined,
    };
  }
  return info;
}

/** The verb that access rules know this request by. */
export function verbOf(info: RequestInfo): string {
  const { method, resource, query } = info;
  if (!resource) return method.toLowerCase();
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (isWatch(query)) return 'watch';
      return resource.name ? 'get' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return resource.name ? 'delete' : 'deletecollection';
    default:
      throw new ApiError(
        405,
        'MethodNotAllowed',
        'the server does not allow this method on the requested resource',
      );
  }
}

export function isWatch(query: URLSearchParams): boolean {
  return isTrue(query.get('watch'));
}

/** Kubernetes takes every value of a flag but these two for yes. */
export function isTrue(value: string | null): boolean {
  return value !== null && !['false', '0'].includes(value);
}

export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > BODY_LIMIT) {
      throw new ApiError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${BODY_LIMIT}`,
      );
    }
    chunks.push(chunk as Buffer);
  }
  if (!size) return undefined;
  const text = Buffer.concat(chunks).toString('utf8');
  const type = (request.headers['content-type'] ?? 'application/json')
    .split(';')[0]
    .trim();
  if (type.includes('protobuf') || type.includes('cbor')) {
    throw new ApiError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - the sandbox reads JSON and YAML, not ${type}: with kubectl use apply -f or create -f`,
    );
  }
  try {
    // Applied configurations may be YAML, with as many aliases as a person would write.
    return type.includes('yaml')
      ? parseYaml(text, { maxAliasCount: 100 })
      : JSON.parse(text);
  } catch (error) {
    throw badRequest(
      `the body can't be read as ${type}: ${(error as Error).message}`,
    );
  }
}
