import { JsonObject, isObject } from '../apiserver/json';
import { KindRegistry, ResourceKind, apiVersion } from '../apiserver/kinds';
import { definitions } from '../apiserver/schema';
import { ApiError } from '../apiserver/status';

/**
 * OpenAPI documents as far as clients read them: the schemas, and of each path that it can be patched, with a dry run
 * and with field validation (kubectl looks for exactly that before it uses them).
 */

const PREFIX = '#/components/schemas/';

function withRefs(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withRefs);
  if (!isObject(schema)) return schema;
  const { $ref, 'x-int-or-string': scalar, ...rest } = schema;
  const out = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, withRefs(value)]),
  );
  if (scalar) out.oneOf = [{ type: 'string' }, { type: 'number' }];
  return typeof $ref === 'string'
    ? { ...out, allOf: [{ $ref: `${PREFIX}${$ref}` }] }
    : out;
}

function schemaName(kind: ResourceKind): string {
  const group = kind.group.split('.').reverse().join('.');
  return `${group || 'io.k8s'}.${kind.version}.${kind.kind}`;
}

function builtInName(kind: ResourceKind): string | undefined {
  const found = Object.entries(definitions).find(
    ([, schema]) => schema === kind.schema,
  );
  return found?.[0];
}

function pathOf(kind: ResourceKind): string {
  const root = kind.group ? `/apis/${kind.group}/${kind.version}` : '/api/v1';
  return kind.namespaced
    ? `${root}/namespaces/{namespace}/${kind.plural}`
    : `${root}/${kind.plural}`;
}

function operation(
  kind: ResourceKind,
  action: string,
  ref: string,
): JsonObject {
  const query = (name: string) => ({
    name,
    in: 'query',
    schema: { type: 'string', uniqueItems: true },
  });
  const body = {
    content: { 'application/json': { schema: { $ref: `${PREFIX}${ref}` } } },
  };
  return {
    operationId: `${action}${kind.kind}`,
    parameters:
      action === 'get'
        ? []
        : ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map(query),
    responses: { 200: { description: 'OK', ...body } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': {
      group: kind.group,
      version: kind.version,
      kind: kind.kind,
    },
  };
}

function referenced(schema: unknown, found: Set<string>): void {
  if (Array.isArray(schema)) schema.forEach(one => referenced(one, found));
  if (!isObject(schema)) return;
  if (typeof schema.$ref === 'string' && !found.has(schema.$ref)) {
    found.add(schema.$ref);
    referenced(definitions[schema.$ref], found);
  }
  Object.values(schema).forEach(one => referenced(one, found));
}

export function openApiIndex(kinds: KindRegistry): JsonObject {
  const paths: JsonObject = {};
  for (const [group, versions] of kinds.groups()) {
    for (const version of versions) {
      const path = group ? `apis/${group}/${version}` : `api/${version}`;
      paths[path] = { serverRelativeURL: `/openapi/v3/${path}` };
    }
  }
  return { paths };
}

/** The document of one group and version. */
export function openApiV3(
  kinds: KindRegistry,
  group: string,
  version: string,
): JsonObject {
  const served = kinds
    .all()
    .filter(one => one.group === group && one.version === version);
  if (!served.length)
    throw new ApiError(
      404,
      'NotFound',
      `no OpenAPI document for ${group}/${version}`,
    );
  const schemas: JsonObject = {};
  const paths: JsonObject = {};
  const needed = new Set<string>();
  for (const kind of served) {
    const builtIn = builtInName(kind);
    const name = builtIn ?? schemaName(kind);
    const gvk = [{ group, version, kind: kind.kind }];
    if (builtIn) {
      needed.add(builtIn);
    } else {
      schemas[name] = {
        ...(withRefs(kind.schema) as JsonObject),
        'x-kubernetes-group-version-kind': gvk,
      };
    }
    referenced(kind.schema, needed);
    paths[pathOf(kind)] = { post: operation(kind, 'post', name) };
    if (!kind.createOnly) {
      paths[`${pathOf(kind)}/{name}`] = {
        get: operation(kind, 'get', name),
        put: operation(kind, 'put', name),
        patch: operation(kind, 'patch', name),
      };
    }
  }
  for (const name of needed) schemas[name] = withRefs(definitions[name]);
  return {
    openapi: '3.0.0',
    info: {
      title: 'Slipway sandbox',
      version: `${apiVersion({ group, version })}`,
    },
    paths,
    components: { schemas },
  };
}

/** The older document: definitions alone. */
export function openApiV2(kinds: KindRegistry): JsonObject {
  const all: JsonObject = {};
  for (const kind of kinds.all()) {
    const { schemas } = openApiV3(kinds, kind.group, kind.version)
      .components as { schemas: JsonObject };
    Object.assign(all, schemas);
  }
  const text = JSON.stringify(all)
    .replaceAll(PREFIX, '#/definitions/')
    .replaceAll(/"allOf":\[(\{"\$ref":"[^"]+"\})\]/g, (_, ref: string) =>
      ref.slice(1, -1),
    );
  return {
    swagger: '2.0',
    info: { title: 'Slipway sandbox', version: 'v1' },
    paths: {},
    definitions: JSON.parse(text),
  };
}
