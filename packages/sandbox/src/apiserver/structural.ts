import { JsonObject, canonical, clone, equal, isObject } from './json';
import { isQuantity } from './quantity';
import {
  OBJECT_META,
  QUANTITY,
  Schema,
  definition,
  keepsUnknown,
  memberSchema,
  resolve,
} from './schema';
import { FieldError } from './status';

/** Defaulting, pruning and validation by schema: what a custom resource goes through on its way in. */

/** The schema of a whole custom resource: what its definition says, with Kubernetes' own metadata. */
export function rootSchema(schema: Schema | undefined): Schema {
  const base = schema ?? {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  };
  return {
    ...base,
    properties: {
      ...base.properties,
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: definition(OBJECT_META),
    },
  };
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}

/** Fills in defaults, in place. */
export function applyDefaults(value: unknown, schema: Schema): void {
  if (Array.isArray(value)) {
    const items = schema.items && resolve(schema.items);
    if (items) value.forEach(item => applyDefaults(item, items));
  } else if (isObject(value)) {
    for (const [name, raw] of Object.entries(schema.properties ?? {})) {
      const member = resolve(raw);
      const nullToDefault =
        value[name] === null &&
        !member.nullable &&
        member.default !== undefined;
      if (
        (value[name] === undefined || nullToDefault) &&
        member.default !== undefined
      ) {
        value[name] = clone(member.default);
      }
    }
    for (const [name, member] of Object.entries(value)) {
      const found = memberSchema(schema, name);
      if (found) applyDefaults(member, found);
    }
  }
}

/** Removes what the schema doesn't declare, in place; answers the paths of what it removed. */
export function prune(value: unknown, schema: Schema, path = ''): string[] {
  if (Array.isArray(value)) {
    const items = schema.items && resolve(schema.items);
    return items
      ? value.flatMap((item, index) => prune(item, items, `${path}[${index}]`))
      : [];
  }
  if (!isObject(value)) return [];
  const removed: string[] = [];
  const embedded = schema['x-kubernetes-embedded-resource']
    ? rootSchema(schema)
    : schema;
  for (const name of Object.keys(value)) {
    const member = memberSchema(embedded, name);
    if (member) {
      removed.push(...prune(value[name], member, join(path, name)));
    } else if (!keepsUnknown(schema)) {
      removed.push(join(path, name));
      delete value[name];
    }
  }
  return removed;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number')
    return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function hasType(value: unknown, type: string): boolean {
  const name = typeName(value);
  return name === type || (type === 'number' && name === 'integer');
}

const FORMATS: Record<string, (text: string) => boolean> = {
  'date-time': text =>
    /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(
      text,
    ) && !Number.isNaN(Date.parse(text)),
  date: text =>
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)),
  uuid: text => /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text),
  uri: text => URL.canParse(text),
  duration: text => /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text),
  byte: text => /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0,
};

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return isObject(value) || Array.isArray(value)
    ? canonical(value)
    : String(value);
}

/** Every rule of the schema that the value breaks. */
export function validate(
  value: unknown,
  schema: Schema,
  path = '',
): FieldError[] {
  const intOrString =
    schema['x-kubernetes-int-or-string'] || schema['x-int-or-string'];
  const invalid = (
    type: FieldError['type'],
    message: string,
    field = path,
  ): FieldError => ({
    type,
    field: field || '<nil>',
    message,
  });
  if (value === null) {
    if (schema.nullable || !schema.type) return [];
    return [
      invalid(
        'FieldValueTypeInvalid',
        `Invalid value: "null": ${path} in body must be of type ${schema.type}: "null"`,
      ),
    ];
  }
  const typeOk = intOrString
    ? hasType(value, 'integer') || hasType(value, 'string')
    : !schema.type || hasType(value, schema.type);
  if (!typeOk) {
    const wanted = intOrString ? 'integer,string' : schema.type;
    return [
      invalid(
        'FieldValueTypeInvalid',
        `Invalid value: "${typeName(value)}": ${path} in body must be of type ${wanted}: "${typeName(value)}"`,
      ),
    ];
  }
  const errors: FieldError[] = [];
  if (schema.enum && !schema.enum.some(one => equal(one, value))) {
    errors.push(
      invalid(
        'FieldValueNotSupported',
        `Unsupported value: ${shown(value)}: supported values: ${schema.enum.map(shown).join(', ')}`,
      ),
    );
  }
  const body = (text: string) =>
    invalid(
      'FieldValueInvalid',
      `Invalid value: ${shown(value)}: ${path} in body ${text}`,
    );
  if (typeof value === 'string')
    errors.push(...stringErrors(value, schema, path, body));
  if (typeof value === 'number')
    errors.push(...numberErrors(value, schema, body));
  if (Array.isArray(value))
    errors.push(...listErrors(value, schema, path, body));
  if (isObject(value)) errors.push(...objectErrors(value, schema, path, body));
  errors.push(...logicErrors(value, schema, path, body));
  return errors;
}

type Body = (text: string) => FieldError;

function stringErrors(
  value: string,
  schema: Schema,
  path: string,
  body: Body,
): FieldError[] {
  const errors: FieldError[] = [];
  const length = [...value].length;
  if (schema.maxLength !== undefined && length > schema.maxLength) {
    errors.push({
      type: 'FieldValueTooLong',
      field: path,
      message: `Too long: may not be more than ${schema.maxLength} bytes`,
    });
  }
  if (schema.minLength !== undefined && length < schema.minLength) {
    errors.push(body(`should be at least ${schema.minLength} chars long`));
  }
  if (schema.pattern && !new RegExp(schema.pattern, 'u').test(value))
    errors.push(body(`should match '${schema.pattern}'`));
  const format = schema.format ? FORMATS[schema.format] : undefined;
  if (format && !format(value))
    errors.push(
      body(`must be of type ${schema.format}: ${JSON.stringify(value)}`),
    );
  return errors;
}

function numberErrors(value: number, schema: Schema, body: Body): FieldError[] {
  const errors: FieldError[] = [];
  const { minimum, maximum, multipleOf } = schema;
  if (
    minimum !== undefined &&
    (schema.exclusiveMinimum ? value <= minimum : value < minimum)
  ) {
    errors.push(
      body(
        `should be greater than ${schema.exclusiveMinimum ? '' : 'or equal to '}${minimum}`,
      ),
    );
  }
  if (
    maximum !== undefined &&
    (schema.exclusiveMaximum ? value >= maximum : value > maximum)
  ) {
    errors.push(
      body(
        `should be less than ${schema.exclusiveMaximum ? '' : 'or equal to '}${maximum}`,
      ),
    );
  }
  if (multipleOf !== undefined && value % multipleOf !== 0)
    errors.push(body(`should be a multiple of ${multipleOf}`));
  return errors;
}

function listErrors(
  value: unknown[],
  schema: Schema,
  path: string,
  body: Body,
): FieldError[] {
  const errors: FieldError[] = [];
  if (schema.maxItems !== undefined && value.length > schema.maxItems) {
    errors.push({
      type: 'FieldValueTooMany',
      field: path,
      message: `Too many: ${value.length}: must have at most ${schema.maxItems} items`,
    });
  }
  if (schema.minItems !== undefined && value.length < schema.minItems) {
    errors.push(body(`should have at least ${schema.minItems} items`));
  }
  const items = schema.items && resolve(schema.items);
  const seen = new Set<string>();
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  value.forEach((item, index) => {
    if (items) errors.push(...validate(item, items, `${path}[${index}]`));
    const type = schema['x-kubernetes-list-type'];
    if (type !== 'map' && type !== 'set') return;
    const key = canonical(
      type === 'map' && isObject(item)
        ? Object.fromEntries(keys.map(one => [one, item[one]]))
        : item,
    );
    if (seen.has(key))
      errors.push({
        type: 'FieldValueDuplicate',
        field: `${path}[${index}]`,
        message: `Duplicate value: ${key}`,
      });
    seen.add(key);
  });
  return errors;
}

function objectErrors(
  value: JsonObject,
  schema: Schema,
  path: string,
  body: Body,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of schema.required ?? []) {
    if (value[name] === undefined)
      errors.push({
        type: 'FieldValueRequired',
        field: join(path, name),
        message: 'Required value',
      });
  }
  const count = Object.keys(value).length;
  if (schema.maxProperties !== undefined && count > schema.maxProperties)
    errors.push(body(`should have at most ${schema.maxProperties} properties`));
  if (schema.minProperties !== undefined && count < schema.minProperties)
    errors.push(
      body(`should have at least ${schema.minProperties} properties`),
    );
  for (const [name, member] of Object.entries(value)) {
    const found = memberSchema(schema, name);
    if (found) errors.push(...validate(member, found, join(path, name)));
  }
  return errors;
}

function logicErrors(
  value: unknown,
  schema: Schema,
  path: string,
  body: Body,
): FieldError[] {
  const errors = (schema.allOf ?? []).flatMap(one =>
    validate(value, one, path),
  );
  const passing = (schemas: Schema[]) =>
    schemas.filter(one => validate(value, one, path).length === 0).length;
  if (schema.anyOf && passing(schema.anyOf) === 0)
    errors.push(body('must validate at least one schema (anyOf)'));
  if (schema.oneOf && passing(schema.oneOf) !== 1)
    errors.push(body('must validate one and only one schema (oneOf)'));
  if (schema.not && validate(value, schema.not, path).length === 0)
    errors.push(body('must not validate the schema (not)'));
  return errors;
}

/** The first field of a built-in object whose JSON type its Go struct couldn't take. */
export function wrongType(
  value: unknown,
  schema: Schema,
  path = '',
): string | undefined {
  if (schema.$ref === QUANTITY) return undefined;
  if (schema['x-int-or-string'] || value === null || !schema.type)
    return undefined;
  if (!hasType(value, schema.type)) {
    return `json: cannot unmarshal ${typeName(value) === 'integer' ? 'number' : typeName(value)} into field ${path} of type ${schema.type}`;
  }
  if (Array.isArray(value)) {
    const items = schema.items && resolve(schema.items);
    return items && firstOf(value, item => wrongType(item, items, path));
  }
  if (isObject(value)) {
    return firstOf(Object.entries(value), ([name, member]) => {
      const raw =
        schema.properties && Object.hasOwn(schema.properties, name)
          ? schema.properties[name]
          : undefined;
      if (
        raw?.$ref === QUANTITY &&
        (typeof member === 'string' || typeof member === 'number')
      ) {
        return isQuantity(String(member))
          ? undefined
          : quantityError(join(path, name));
      }
      const found = memberSchema(schema, name);
      const items = schema.additionalProperties;
      if (
        found &&
        typeof items === 'object' &&
        items.$ref === QUANTITY &&
        !isQuantity(String(member))
      ) {
        return quantityError(join(path, name));
      }
      return found && wrongType(member, found, join(path, name));
    });
  }
  return undefined;
}

function quantityError(path: string): string {
  return `quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$': ${path}`;
}

function firstOf<T>(
  list: T[],
  find: (one: T) => string | undefined,
): string | undefined {
  for (const one of list) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
