import { z } from 'zod';
import { NAME_MAX_LENGTH, NAME_PATTERN } from './fields';
import type { JsonSchema } from './jsonSchema';
import { API_GROUP, API_VERSION } from './resource';
import { KINDS, type Kind } from './registry';

/**
 * The CustomResourceDefinition of a kind: its schema as structural OpenAPI,
 * with the status as a subresource and columns for `kubectl get`.
 *
 * @public
 */
export function customResourceDefinition(kind: Kind): Record<string, unknown> {
  const { scope, plural, shortNames, printerColumns } = KINDS[kind];
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${API_GROUP}` },
    spec: {
      group: API_GROUP,
      scope,
      names: {
        kind,
        listKind: `${kind}List`,
        plural,
        singular: kind.toLowerCase(),
        shortNames: [...shortNames],
        categories: ['slipway'],
      },
      versions: [
        {
          name: API_VERSION.slice(API_GROUP.length + 1),
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: printerColumns.map(column => ({
            ...column,
          })),
          schema: { openAPIV3Schema: rootSchema(kind) },
        },
      ],
    },
  };
}

function rootSchema(kind: Kind): JsonSchema {
  const schema = z.toJSONSchema(KINDS[kind].schema, {
    io: 'input',
    target: 'openapi-3.0',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => structural(jsonSchema as JsonSchema),
  }) as JsonSchema;
  const properties = schema.properties as Record<string, JsonSchema>;
  return {
    description: schema.description,
    type: 'object',
    required: ['metadata', 'spec'],
    properties: {
      // The API server knows these by itself, and takes no more than this.
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: {
        type: 'object',
        properties: {
          name: {
            type: 'string',
            maxLength: NAME_MAX_LENGTH,
            pattern: NAME_PATTERN.source,
          },
        },
      },
      spec: properties.spec,
      status: properties.status,
    },
  };
}

/**
 * Makes a schema one that Kubernetes calls structural. Unknown fields need no
 * word: they are dropped, or refused where the client asks for it.
 */
function structural(schema: JsonSchema): void {
  if (schema.additionalProperties === false) {
    delete schema.additionalProperties;
  }
  // Beside properties Kubernetes takes its own word only.
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) {
    delete schema.additionalProperties;
  }
  delete schema.propertyNames;
  // The format says it already, and the pattern takes a page.
  if (schema.format === 'date-time') {
    delete schema.pattern;
  }
  // Kubernetes compares as floats, in which the largest whole number is this.
  if (schema.maximum === Number.MAX_SAFE_INTEGER) {
    delete schema.maximum;
    schema.format = 'int64';
  }
}
