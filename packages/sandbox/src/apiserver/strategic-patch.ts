import { JsonObject, canonical, clone, isObject } from './json';
import { Schema, memberSchema, resolve } from './schema';
import { badRequest } from './status';

/** Strategic merge patch: a merge patch that knows lists with keys and a few directives. */

const UNKNOWN: Schema = {};

function strategies(schema: Schema): string[] {
  return (schema['x-kubernetes-patch-strategy'] ?? '').split(',');
}

function mergeObject(
  target: JsonObject,
  patch: JsonObject,
  schema: Schema,
): JsonObject | undefined {
  const directive = patch.$patch;
  if (directive === 'delete') return undefined;
  if (directive === 'replace') {
    const { $patch, ...rest } = patch;
    return clone(rest);
  }
  if (directive !== undefined && directive !== 'merge') {
    throw badRequest(
      `unknown value "${String(directive)}" of $patch; allowed: replace, delete, merge`,
    );
  }
  let out: JsonObject = { ...target };
  const retained = patch.$retainKeys;
  if (Array.isArray(retained)) {
    out = Object.fromEntries(
      Object.entries(out).filter(([key]) => retained.includes(key)),
    );
  }
  const orders = new Map<string, unknown[]>();
  for (const [key, value] of Object.entries(patch)) {
    if (key === '$patch' || key === '$retainKeys') continue;
    if (key.startsWith('$deleteFromPrimitiveList/')) {
      const field = key.slice('$deleteFromPrimitiveList/'.length);
      const gone = new Set((value as unknown[]).map(canonical));
      if (Array.isArray(out[field]))
        out[field] = out[field].filter(one => !gone.has(canonical(one)));
      continue;
    }
    if (key.startsWith('$setElementOrder/')) {
      orders.set(key.slice('$setElementOrder/'.length), value as unknown[]);
      continue;
    }
    const member = memberSchema(schema, key) ?? UNKNOWN;
    if (value === null) {
      delete out[key];
    } else if (isObject(value)) {
      const merged = mergeObject(
        isObject(out[key]) ? out[key] : {},
        value,
        member,
      );
      if (merged === undefined) delete out[key];
      else out[key] = merged;
    } else if (Array.isArray(value) && strategies(member).includes('merge')) {
      out[key] = mergeList(
        Array.isArray(out[key]) ? out[key] : [],
        value,
        member,
      );
    } else {
      out[key] = clone(value);
    }
  }
  for (const [field, order] of orders) {
    const member = memberSchema(schema, field) ?? UNKNOWN;
    if (Array.isArray(out[field]))
      out[field] = sorted(
        out[field],
        order,
        member['x-kubernetes-patch-merge-key'],
      );
  }
  return out;
}

function mergeList(
  target: unknown[],
  patch: unknown[],
  schema: Schema,
): unknown[] {
  const key = schema['x-kubernetes-patch-merge-key'];
  if (!key) {
    const seen = new Set(target.map(canonical));
    return [
      ...target,
      ...clone(patch).filter(one => !seen.has(canonical(one))),
    ];
  }
  const items = schema.items ? resolve(schema.items) : UNKNOWN;
  if (patch.some(one => isObject(one) && one.$patch === 'replace')) {
    return clone(
      patch.filter(one => !(isObject(one) && one.$patch === 'replace')),
    );
  }
  const out = [...target];
  for (const one of patch) {
    if (!isObject(one) || one[key] === undefined) {
      throw badRequest(
        `map: ${canonical(one)} does not contain declared merge key: ${key}`,
      );
    }
    const position = out.findIndex(
      other => isObject(other) && other[key] === one[key],
    );
    const merged = mergeObject(
      position < 0 ? {} : (out[position] as JsonObject),
      one,
      items,
    );
    if (merged === undefined) {
      if (position >= 0) out.splice(position, 1);
    } else if (position < 0) {
      out.push(merged);
    } else {
      out[position] = merged;
    }
  }
  return out;
}

/** Items that the order names stand in that order, before the ones that it doesn't name. */
function sorted(list: unknown[], order: unknown[], key?: string): unknown[] {
  const identity = (one: unknown) =>
    canonical(key && isObject(one) ? one[key] : one);
  const positions = new Map(
    order.map((one, position) => [identity(one), position]),
  );
  const rank = (one: unknown) => positions.get(identity(one)) ?? order.length;
  return [...list].sort((a, b) => rank(a) - rank(b));
}

export function strategicMergePatch(
  target: JsonObject,
  patch: JsonObject,
  schema: Schema,
): JsonObject {
  return mergeObject(target, patch, schema) ?? {};
}
