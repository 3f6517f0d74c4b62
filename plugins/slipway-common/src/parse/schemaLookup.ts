import { z } from 'zod';
import type { PathSegment } from './problem';

/** The schema without the wrappers that make it optional or give a default. @internal */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodNullable
  ) {
    inner = inner.unwrap();
  }
  return inner;
}

/** The schema of the value at a path, where there is one. @internal */
export function schemaAt(
  schema: z.core.$ZodType,
  path: readonly PathSegment[],
): z.core.$ZodType | undefined {
  return path.reduce<z.core.$ZodType | undefined>(
    (current, segment) => current && step(unwrap(current), segment),
    schema,
  );
}

function step(
  schema: z.core.$ZodType,
  segment: PathSegment,
): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    return Object.hasOwn(schema.shape, segment)
      ? schema.shape[segment]
      : undefined;
  }
  if (schema instanceof z.ZodArray) {
    return schema.element;
  }
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

/** The names of the fields that a map may have at a path. @internal */
export function fieldNames(schema: z.core.$ZodType | undefined): string[] {
  const inner = schema && unwrap(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/**
 * What a schema allows, in words. Patterns carry their own words as their
 * error, so the schema is asked with a value that no pattern of ours takes.
 *
 * @internal
 */
export function describeAllowed(
  schema: z.core.$ZodType | undefined,
): string | undefined {
  const inner = schema && unwrap(schema);
  if (inner instanceof z.ZodEnum) {
    return inner.options.join(', ');
  }
  if (inner instanceof z.ZodLiteral) {
    return [...inner.values].join(', ');
  }
  if (inner instanceof z.ZodBoolean) {
    return 'true or false';
  }
  if (inner instanceof z.ZodNumber) {
    return describeRange(inner.minValue, inner.maxValue);
  }
  if (inner instanceof z.ZodISODateTime) {
    return 'a time such as 2026-01-31T12:00:00Z';
  }
  if (inner instanceof z.ZodString) {
    const issue = inner
      .safeParse('\u0000')
      .error?.issues.find(({ code }) => code === 'invalid_format');
    return issue?.message ?? 'text';
  }
  if (inner instanceof z.ZodArray) {
    return 'a list';
  }
  if (inner instanceof z.ZodObject) {
    return `a map with ${Object.keys(inner.shape).join(', ')}`;
  }
  return inner instanceof z.ZodRecord ? 'a map' : undefined;
}

function describeRange(min: number | null, max: number | null): string {
  const from = min !== null && Number.isFinite(min) ? min : undefined;
  const to = max !== null && max < Number.MAX_SAFE_INTEGER ? max : undefined;
  if (from !== undefined && to !== undefined) {
    return `a whole number from ${from} to ${to}`;
  }
  return from === undefined ? 'a whole number' : `a whole number from ${from}`;
}
