import {
  API_VERSION,
  jsonSchemaOf,
  KIND_NAMES,
  KINDS,
  type JsonSchema,
  type Kind,
} from '../src/kinds';
import { describeAllowed, schemaAt } from '../src/parse/schemaLookup';

const GENERATED =
  '<!-- Generated from the schemas of plugins/slipway-common. Change them there. -->';

/** The page that lists all kinds. */
export function indexPage(): string {
  return [
    '# Reference',
    GENERATED,
    `The kinds of \`${API_VERSION}\`. A file that can't be read says where, what was found and what is allowed.`,
    table(
      ['Kind', 'Scope', 'kubectl', 'What it is'],
      KIND_NAMES.map(kind => [
        `[${kind}](${KINDS[kind].docs})`,
        KINDS[kind].scope === 'Cluster'
          ? 'cluster'
          : "organization's namespace",
        `\`${KINDS[kind].plural}\``,
        String(jsonSchemaOf(kind).description),
      ]),
    ),
    'The operations of the backend are in [REST API](api.md), what an environment can say about itself in [Reasons](reasons.md).',
    '',
  ].join('\n\n');
}

/** The page of one kind: what it is, an example, every field. */
export function referencePage(kind: Kind, example: string): string {
  const schema = jsonSchemaOf(kind);
  const { plural, shortNames, scope } = KINDS[kind];
  return [
    `# ${kind}`,
    GENERATED,
    String(schema.description),
    [
      `- apiVersion: \`${API_VERSION}\``,
      `- scope: ${scope === 'Cluster' ? 'cluster' : 'namespace of the organization, `org-<organization>`'}`,
      `- kubectl: \`${plural}\`, short \`${shortNames.join('`, `')}\``,
    ].join('\n'),
    '## Example',
    ['```yaml', example.trimEnd(), '```'].join('\n'),
    '## Fields',
    'Required fields are marked with a star. `[]` is an item of a list.',
    fieldTable(kind, schema, 'metadata'),
    fieldTable(kind, schema, 'spec'),
    '## Status',
    'Written by the control plane; a status in a file is ignored.',
    fieldTable(kind, schema, 'status'),
    '',
  ].join('\n\n');
}

function fieldTable(kind: Kind, schema: JsonSchema, part: string): string {
  const root = propertiesOf(schema)[part];
  return table(
    ['Field', 'What it says', 'Allowed', 'Default'],
    rowsOf(kind, root, part, [part]),
  );
}

function rowsOf(
  kind: Kind,
  schema: JsonSchema,
  path: string,
  at: Array<string | number>,
): string[][] {
  const required = (schema.required ?? []) as string[];
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    const label = name.includes('.') ? `${path}["${name}"]` : `${path}.${name}`;
    const here = [...at, name];
    const items = property.items as JsonSchema | undefined;
    const isList = items !== undefined;
    const nested = isList
      ? rowsOf(kind, items, `${label}[]`, [...here, 0])
      : rowsOf(kind, property, label, here);
    return [
      [
        `\`${label}${isList ? '[]' : ''}\`${required.includes(name) ? ' *' : ''}`,
        String(property.description ?? ''),
        allowedOf(kind, here, property, isList),
        defaultOf(property),
      ],
      ...nested,
    ];
  });
}

function allowedOf(
  kind: Kind,
  at: Array<string | number>,
  property: JsonSchema,
  isList: boolean,
): string {
  const item = describeAllowed(
    schemaAt(KINDS[kind].schema, isList ? [...at, 0] : at),
  );
  if (
    property.type === 'object' ||
    item === undefined ||
    item.startsWith('a map')
  ) {
    return isList ? bound(property, 'a list') : '';
  }
  return isList ? bound(property, item) : item;
}

function bound(property: JsonSchema, text: string): string {
  const { minItems, maxItems } = property;
  const parts = [
    minItems !== undefined && `at least ${minItems}`,
    maxItems !== undefined && `at most ${maxItems}`,
  ].filter(Boolean);
  return parts.length > 0 ? `${text}; ${parts.join(', ')} items` : text;
}

function defaultOf(property: JsonSchema): string {
  const value = property.default;
  const isEmpty =
    value === undefined ||
    (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
  return isEmpty ? '' : `\`${JSON.stringify(value)}\``;
}

function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
  return (schema.properties ?? {}) as Record<string, JsonSchema>;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join(
    '\n',
  );
}
