import fc from 'fast-check';
import { z } from 'zod';
import { unwrap } from '../schemaLookup';

const dates = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
  .map(date => date.toISOString());

/**
 * Any value that a schema takes, for property tests. Made from the schema
 * itself, so that a new field is in the tests as soon as it is in the kind.
 */
export function arbitraryOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) {
    return objects(inner);
  }
  if (inner instanceof z.ZodArray) {
    return fc.array(arbitraryOf(inner.element), {
      minLength: Math.min(1, inner.safeParse([]).success ? 0 : 1),
      maxLength: 2,
    });
  }
  if (inner instanceof z.ZodRecord) {
    return fc.dictionary(
      arbitraryOf(inner.keyType) as fc.Arbitrary<string>,
      arbitraryOf(inner.valueType as z.core.$ZodType),
      { maxKeys: 3 },
    );
  }
  if (inner instanceof z.ZodEnum) {
    return fc.constantFrom(...inner.options);
  }
  if (inner instanceof z.ZodLiteral) {
    return fc.constantFrom(...inner.values);
  }
  if (inner instanceof z.ZodBoolean) {
    return fc.boolean();
  }
  if (inner instanceof z.ZodNumber) {
    return fc.integer({
      min: inner.minValue ?? 0,
      max: Math.min(inner.maxValue ?? 9, 2 ** 31),
    });
  }
  if (inner instanceof z.ZodISODateTime) {
    return dates;
  }
  return inner instanceof z.ZodString ? strings(inner) : fc.jsonValue();
}

function objects(schema: z.ZodObject): fc.Arbitrary<unknown> {
  const required = Object.keys(schema.shape).filter(
    key => !schema.shape[key]._zod.optin,
  );
  return fc.record(
    Object.fromEntries(
      Object.entries(schema.shape).map(([key, field]) => [
        key,
        arbitraryOf(field),
      ]),
    ),
    { requiredKeys: required, noNullPrototype: true },
  );
}

function strings(schema: z.ZodString): fc.Arbitrary<string> {
  const pattern = schema.def.checks
    ?.map(check => check._zod.def)
    .find(
      (def): def is z.core.$ZodCheckRegexDef =>
        'pattern' in def && def.pattern instanceof RegExp,
    );
  const texts = pattern
    ? fc.stringMatching(pattern.pattern)
    : fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        fc.constantFrom(
          'yes',
          '1',
          '~',
          'a: b',
          '- x',
          'two\nlines\n',
          ' x',
          '#',
          '"',
          "'",
          '{',
          '\ttab',
          'a\r\nb',
          '2026-01-01',
        ),
      );
  return texts.filter(text => schema.safeParse(text).success);
}
