import { JsonObject, clone, equal, isObject } from './json';
import { ApiError, badRequest } from './status';

/** RFC 7386. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return clone(patch);
  const out: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete out[key];
    else out[key] = mergePatch(out[key], value);
  }
  return out;
}

interface Operation {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}

function unprocessable(message: string): ApiError {
  return new ApiError(
    422,
    'Invalid',
    `the server rejected our request due to an error in our request: ${message}`,
  );
}

function tokens(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/'))
    throw unprocessable(`"${pointer}" is no JSON pointer`);
  return pointer
    .slice(1)
    .split('/')
    .map(token => token.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function index(list: unknown[], token: string, adding: boolean): number {
  if (token === '-' && adding) return list.length;
  const position = /^(0|[1-9]\d*)$/.test(token) ? Number(token) : -1;
  if (position < 0 || position > list.length - (adding ? 0 : 1))
    throw unprocessable(`no index ${token} in the list`);
  return position;
}

function parent(
  document: unknown,
  path: string[],
  pointer: string,
): JsonObject | unknown[] {
  let current = document;
  for (const token of path.slice(0, -1)) {
    if (Array.isArray(current)) current = current[index(current, token, false)];
    else current = isObject(current) ? current[token] : undefined;
  }
  if (!isObject(current) && !Array.isArray(current)) {
    throw unprocessable(`nothing at the parent of "${pointer}"`);
  }
  return current;
}

function lookup(document: unknown, pointer: string): unknown {
  const path = tokens(pointer);
  if (!path.length) return document;
  const holder = parent(document, path, pointer);
  const last = path[path.length - 1];
  if (Array.isArray(holder)) return holder[index(holder, last, false)];
  if (!Object.hasOwn(holder, last))
    throw unprocessable(`nothing at "${pointer}"`);
  return holder[last];
}

function put(document: unknown, pointer: string, value: unknown): unknown {
  const path = tokens(pointer);
  if (!path.length) return value;
  const holder = parent(document, path, pointer);
  const last = path[path.length - 1];
  if (Array.isArray(holder)) holder.splice(index(holder, last, true), 0, value);
  else holder[last] = value;
  return document;
}

function take(document: unknown, pointer: string): void {
  lookup(document, pointer);
  const path = tokens(pointer);
  const holder = parent(document, path, pointer);
  const last = path[path.length - 1];
  if (Array.isArray(holder)) holder.splice(index(holder, last, false), 1);
  else delete holder[last];
}

/** RFC 6902. */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch))
    throw badRequest('a JSON patch is a list of operations');
  let document = clone(target);
  for (const operation of patch as Operation[]) {
    const { op, path, from } = operation;
    if (typeof path !== 'string')
      throw badRequest('each operation of a JSON patch has a path');
    if ((op === 'move' || op === 'copy') && typeof from !== 'string')
      throw badRequest(`operation ${op} needs from`);
    if (op === 'add') {
      document = put(document, path, clone(operation.value));
    } else if (op === 'remove') {
      take(document, path);
    } else if (op === 'replace') {
      if (path !== '') take(document, path);
      document = put(document, path, clone(operation.value));
    } else if (op === 'move' || op === 'copy') {
      const value = clone(lookup(document, from!));
      if (op === 'move') take(document, from!);
      document = put(document, path, value);
    } else if (op === 'test') {
      if (!equal(lookup(document, path), operation.value))
        throw unprocessable(`testing value ${path} failed`);
    } else {
      throw badRequest(`unknown operation "${op}" in a JSON patch`);
    }
  }
  return document;
}
