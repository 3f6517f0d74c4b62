import { z } from 'zod';
import { KINDS, type Kind } from './registry';

/** A JSON Schema, or a part of one. @public */
export type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema of a kind, for forms and editors: draft 7, with a title for
 * each field, describing what a person writes (defaults may be left out).
 *
 * @public
 */
export function jsonSchemaOf(kind: Kind): JsonSchema {
  const schema = z.toJSONSchema(KINDS[kind].schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => forPeople(jsonSchema as JsonSchema),
  });
  return { ...schema, title: kind };
}

/** Adds titles, and takes out what only a Kubernetes API server reads. */
function forPeople(schema: JsonSchema): void {
  for (const key of Object.keys(schema)) {
    if (key.startsWith('x-kubernetes-')) {
      delete schema[key];
    }
  }
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  for (const [name, property] of Object.entries(properties)) {
    property.title ??= titleOf(name);
  }
}

/** `displayName` becomes `Display name`; words in capitals stay as they are. */
function titleOf(name: string): string {
  const words = name.replace(
    /([a-z])([A-Z])/g,
    (_, before, after) => `${before} ${after}`,
  );
  const title = words
    .split(' ')
    .map((word, index) =>
      index > 0 && /^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word,
    )
    .join(' ');
  return title.charAt(0).toUpperCase() + title.slice(1);
}
