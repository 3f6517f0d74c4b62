import fc, { Arbitrary } from 'fast-check';

/** The part of JSON Schema that the API's document uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
}

/** Lists and texts stay short: what is looked for are shapes, not sizes. */
const MAX_ITEMS = 4;
const MAX_TEXT = 40;

/** What nobody should send, and somebody will. */
const WRONG = fc.constantFrom<unknown>(
  null,
  true,
  -1,
  1e308,
  '',
  '\0',
  '\ud800',
  '../../etc/passwd',
  "'; drop table changes; --",
  '${jndi:ldap://127.0.0.1}',
  'x'.repeat(100_000),
  [],
  {},
  [[[[[[]]]]]],
  JSON.parse(
    '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
  ),
);

/** Makes values that a schema allows. `known` gives, by a property's name, values that lead somewhere. */
export class SchemaArbitraries {
  constructor(
    private readonly resolve: (ref: string) => Schema,
    private readonly known: Record<string, Arbitrary<unknown>>,
  ) {}

  of(schema: Schema, name = ''): Arbitrary<unknown> {
    const made = this.make(schema, name);
    const known =
      schema.type === 'string' && !schema.enum ? this.known[name] : undefined;
    return known
      ? fc.oneof(
          { weight: 3, arbitrary: known },
          { weight: 1, arbitrary: made },
        )
      : made;
  }

  /** The same, with one thing that the schema does not allow. */
  mutated(schema: Schema): Arbitrary<unknown> {
    return fc
      .tuple(this.of(schema), fc.nat(), WRONG)
      .map(([value, at, wrong]) => mutate(value, at, wrong));
  }

  private make(schema: Schema, name: string): Arbitrary<unknown> {
    if (schema.$ref) return this.of(this.resolve(schema.$ref), name);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.oneOf)
      return fc.oneof(...schema.oneOf.map(it => this.of(it, name)));
    switch (schema.type) {
      case 'string':
        return text(schema);
      case 'integer':
        return fc.integer({
          min: schema.minimum ?? -5,
          max: schema.maximum ?? 5000,
        });
      case 'number':
        return fc.double({ noNaN: true, noDefaultInfinity: true });
      case 'boolean':
        return fc.boolean();
      case 'array':
        return fc.array(this.of(schema.items ?? {}, name), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? MAX_ITEMS, MAX_ITEMS),
        });
      case 'object':
        return fc.record(
          Object.fromEntries(
            Object.entries(schema.properties ?? {}).map(([key, it]) => [
              key,
              this.of(it, key),
            ]),
          ),
          { requiredKeys: schema.required ?? [] },
        );
      default:
        return fc.jsonValue({ maxDepth: 3 });
    }
  }
}

function text({
  pattern,
  minLength = 0,
  maxLength = MAX_TEXT,
}: Schema): Arbitrary<string> {
  const longest = Math.min(maxLength, MAX_TEXT);
  return pattern
    ? fc.stringMatching(new RegExp(pattern), { maxLength: longest })
    : fc.string({ unit: 'grapheme', minLength, maxLength: longest });
}

/** Puts a wrong value into one place of a value: instead of a field, beside it, or instead of everything. */
function mutate(value: unknown, at: number, wrong: unknown): unknown {
  if (Array.isArray(value) && value.length > 0) {
    const index = at % value.length;
    return value.map((item, i) =>
      i === index ? mutate(item, Math.floor(at / value.length), wrong) : item,
    );
  }
  if (typeof value !== 'object' || value === null) return wrong;
  const keys = Object.keys(value);
  const choice = at % (keys.length + 2);
  if (choice >= keys.length)
    return choice === keys.length ? wrong : { ...value, unheardOf: wrong };
  const key = keys[choice];
  const inner = (value as Record<string, unknown>)[key];
  const rest = Math.floor(at / (keys.length + 2));
  if (rest % 4 === 0)
    return Object.fromEntries(
      Object.entries(value).filter(([it]) => it !== key),
    );
  return { ...value, [key]: mutate(inner, rest, wrong) };
}
