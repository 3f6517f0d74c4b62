import kubernetes from '../generated/kubernetes.json';

/** The part of OpenAPI that Kubernetes uses for its types and for custom resources. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
  required?: string[];
  default?: unknown;
  nullable?: boolean;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: boolean;
  exclusiveMaximum?: boolean;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  uniqueItems?: boolean;
  pattern?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  not?: Schema;
  'x-int-or-string'?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-embedded-resource'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-map-type'?: string;
  'x-kubernetes-patch-strategy'?: string;
  'x-kubernetes-patch-merge-key'?: string;
  'x-kubernetes-validations'?: unknown[];
}

/** One row of the generated table of built-in resources. */
export interface BuiltInResource {
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespaced: boolean;
  status: boolean;
  createOnly: boolean;
  schema: string;
}

// The JSON module's inferred type is a literal of 380 definitions; this is the shape that the generator writes.
const generated = kubernetes as unknown as {
  resources: BuiltInResource[];
  known: string[];
  definitions: Record<string, Schema>;
};

export const builtInResources = generated.resources;
export const definitions = generated.definitions;

/** Every built-in resource of a real API server (`plural` or `plural.group`), served here or not. */
export const knownResources = new Set(generated.known);

export const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
export const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

const resolved = new WeakMap<Schema, Schema>();

/** Follows a reference; what stands beside the reference (patch strategy, default) wins over the definition. */
export function resolve(schema: Schema): Schema {
  if (!schema.$ref) return schema;
  let result = resolved.get(schema);
  if (!result) {
    const { $ref, ...beside } = schema;
    const target = definitions[$ref];
    if (!target) throw new Error(`schema refers to unknown definition ${$ref}`);
    result = { ...resolve(target), ...beside };
    resolved.set(schema, result);
  }
  return result;
}

export function definition(name: string): Schema {
  const found = definitions[name];
  if (!found) throw new Error(`no definition ${name} in the generated table`);
  return found;
}

/** The schema of a member of an object, or undefined when the schema doesn't declare it. */
export function memberSchema(schema: Schema, name: string): Schema | undefined {
  const found =
    schema.properties && Object.hasOwn(schema.properties, name)
      ? schema.properties[name]
      : undefined;
  if (found) return resolve(found);
  if (typeof schema.additionalProperties === 'object')
    return resolve(schema.additionalProperties);
  return undefined;
}

/** Whether members that the schema doesn't declare are kept. */
export function keepsUnknown(schema: Schema): boolean {
  return (
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema.additionalProperties === true
  );
}
