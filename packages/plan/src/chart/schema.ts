import { z } from 'zod';
import { chartValuesSchema } from './values';

type JsonSchema = Record<string, unknown>;

/** The JSON Schema by which Helm checks values before it renders anything. @internal */
export function valuesJsonSchema(): JsonSchema {
  return z.toJSONSchema(chartValuesSchema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      for (const key of Object.keys(jsonSchema)) {
        // What only a Kubernetes API server reads.
        if (key.startsWith('x-kubernetes-')) {
          delete (jsonSchema as JsonSchema)[key];
        }
      }
    },
  }) as JsonSchema;
}

/** The values in a table for the README: the lists of a ServiceSpec are described with it. @internal */
export function valuesTable(): string {
  const rows = rowsOf(valuesJsonSchema(), '');
  const widths = [0, 1, 2].map(column =>
    Math.max(...rows.map(row => row[column].length), 3),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const [head, ...body] = rows;
  return [
    line(head),
    line(widths.map(width => '-'.repeat(width))),
    ...body.map(line),
  ].join('\n');
}

/** Lists that have a page of their own. */
const ELSEWHERE = ['workloads', 'databases', 'quota'];

function rowsOf(schema: JsonSchema, prefix: string): string[][] {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const required = (schema.required ?? []) as string[];
  const rows = Object.entries(properties).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const value = required.includes(name) ? 'required' : defaultOf(field);
    return [
      [
        `\`${path}\``,
        value,
        `${field.description ?? ''}`.replaceAll('|', '\\|'),
      ],
      ...(ELSEWHERE.includes(path) ? [] : rowsOf(field, `${path}.`)),
    ];
  });
  return prefix === '' ? [['Value', 'Default', 'What it says'], ...rows] : rows;
}

function defaultOf(field: JsonSchema): string {
  return field.default === undefined || typeof field.default === 'object'
    ? ''
    : `\`${JSON.stringify(field.default)}\``;
}
