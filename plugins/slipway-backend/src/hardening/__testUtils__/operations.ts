import { spec } from '../../schema/openapi.generated';
import type { Schema } from './arbitraries';

/** A parameter of an operation, as the document has it. */
export interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  schema: Schema;
}

/** One operation of the API's document. */
export interface Operation {
  id: string;
  method: 'get' | 'post';
  path: string;
  parameters: Parameter[];
  body?: Schema;
  responses: Record<string, { content: Record<string, { schema: Schema }> }>;
}

/** What the document's references lead to. */
export const COMPONENTS = (
  spec.components as unknown as { schemas: Record<string, Schema> }
).schemas;

/** The schema that a reference names. */
export const resolve = (ref: string): Schema =>
  COMPONENTS[ref.split('/').pop()!];

/** All operations of the document, in its order. */
export const OPERATIONS = Object.entries(spec.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods as Record<string, any>).map(
      // The document is generated: its literal types say nothing that holds for all operations.
      ([method, operation]): Operation => ({
        id: operation.operationId,
        method: method as Operation['method'],
        path: path.replace('/v1alpha1', ''),
        parameters: operation.parameters ?? [],
        body: operation.requestBody?.content['application/json'].schema,
        responses: operation.responses,
      }),
    ),
);

/** The address of an operation with these values; optional parameters without one are left out. */
export function addressOf(
  operation: Operation,
  values: Record<string, string | undefined>,
): string {
  let { path } = operation;
  const search = new URLSearchParams();
  for (const { name, in: where } of operation.parameters) {
    const value = values[name];
    if (value === undefined) continue;
    if (where === 'path')
      path = path.replace(`{${name}}`, encodeURIComponent(value));
    else search.set(name, value);
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

/**
 * The smallest value that a schema allows: what is required and no more. `known` gives, by a property's name, the
 * values that are there.
 */
export function smallest(
  schema: Schema,
  known: Record<string, unknown>,
  name = '',
): unknown {
  if (schema.$ref) return smallest(resolve(schema.$ref), known, name);
  if (Object.hasOwn(known, name)) return known[name];
  if (schema.enum) return schema.enum[0];
  if (schema.oneOf) return smallest(schema.oneOf[0], known, name);
  switch (schema.type) {
    case 'string':
      return 'a'.repeat(Math.max(1, schema.minLength ?? 1));
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return false;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () =>
        smallest(schema.items ?? {}, known),
      );
    default:
      return Object.fromEntries(
        (schema.required ?? []).map(key => [
          key,
          smallest(schema.properties?.[key] ?? {}, known, key),
        ]),
      );
  }
}
