import { Document } from 'yaml';
import { z } from 'zod';
import { KINDS, type Kind, type Resource } from '../kinds/registry';
import type { PathSegment } from './problem';
import { schemaAt, unwrap } from './schemaLookup';
import { isRecord } from './view';

/** How YAML is written, everywhere. @internal */
export const YAML_STYLE = {
  // Long lines stay in one piece: a diff shows the field that changed.
  lineWidth: 0,
  indentSeq: true,
} as const;

/**
 * Writes a resource as canonical YAML: fields in the order of the schema,
 * maps by key, empty lists left out. The same resource always becomes the
 * same text, and that text reads as the same resource.
 *
 * @public
 */
export function stringifyResource(resource: Resource): string {
  return toYaml(canonicalAt(resource.kind, [], resource));
}

/** Writes a value so that readers of YAML 1.1, which most are, read it alike. @internal */
export function toYaml(value: unknown, flow = false): string {
  const document = new Document(value, {
    aliasDuplicateObjects: false,
    compat: 'yaml-1.1',
    flow,
    version: '1.2',
  });
  return document.toString(YAML_STYLE);
}

/**
 * The value at a path of a resource, with fields in the order of the schema
 * and without empty lists that are filled in again when it is read.
 *
 * @internal
 */
export function canonicalAt(
  kind: Kind,
  path: readonly PathSegment[],
  value: unknown,
): unknown {
  return canonical(value, schemaAt(KINDS[kind].schema, path));
}

function canonical(
  value: unknown,
  schema: z.core.$ZodType | undefined,
): unknown {
  const inner = schema && unwrap(schema);
  if (Array.isArray(value)) {
    const element = inner instanceof z.ZodArray ? inner.element : undefined;
    return value.map(item => canonical(item, element));
  }
  if (!isRecord(value)) {
    return value;
  }
  const shape = inner instanceof z.ZodObject ? inner.shape : {};
  const known = Object.keys(shape).filter(key => Object.hasOwn(value, key));
  const others = Object.keys(value)
    .filter(key => !Object.hasOwn(shape, key))
    .sort();
  return Object.fromEntries(
    [...known, ...others]
      .filter(key => value[key] !== undefined)
      .filter(key => !isDefaultList(value[key], shape[key]))
      .map(key => [key, canonical(value[key], shape[key])]),
  );
}

function isDefaultList(
  value: unknown,
  schema: z.core.$ZodType | undefined,
): boolean {
  return (
    Array.isArray(value) &&
    value.length === 0 &&
    schema instanceof z.ZodDefault &&
    schema.def.innerType instanceof z.ZodArray
  );
}
