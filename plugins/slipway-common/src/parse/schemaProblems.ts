import type { z } from 'zod';
import { didYouMean } from './didYouMean';
import { formatHint, typeHint } from './hints';
import type { PathSegment } from './problem';
import { nameOf, oneOf, show, type Finding } from './report';
import { describeAllowed, fieldNames, schemaAt } from './schemaLookup';
import { sentence } from './sentences';
import { isRecord } from './view';

/** What a scalar looks like in the file, where there is one. @internal */
export type SourceOf = (at: readonly PathSegment[]) => string | undefined;

/**
 * Says in our words what the schema has against a value. One issue can be
 * several findings: each unknown key has its own place.
 *
 * @internal
 */
export function schemaFindings(
  schema: z.ZodType,
  value: unknown,
  sourceOf: SourceOf = () => undefined,
): Finding[] {
  const result = schema.safeParse(value);
  return result.success
    ? []
    : result.error.issues.flatMap(issue =>
        findingsOf(issue, schema, value, sourceOf),
      );
}

function findingsOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  root: unknown,
  sourceOf: SourceOf,
): Finding[] {
  const at = issue.path.map(segment =>
    typeof segment === 'number' ? segment : String(segment),
  );
  const value = valueAt(root, at);
  const target = schemaAt(schema, at);
  const found = show(value, at[at.length - 1], siblingName(root, at));
  const place = nameOf(at);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => unknownKey(key, at, value, target));
    case 'invalid_type':
      return [typeFinding(issue, { at, value, target, found, sourceOf })];
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      if (value === undefined) {
        return [missing(at, target)];
      }
      const meant =
        typeof value === 'string' ? didYouMean(value, allowed) : undefined;
      return [
        {
          at,
          code: 'value',
          message: sentence('value', { place }),
          found,
          allowed: oneOf(allowed),
          ...(meant && { hint: `did you mean ${meant}?` }),
        },
      ];
    }
    case 'invalid_format': {
      const allowed = describeAllowed(target) ?? issue.message;
      const hint =
        typeof value === 'string' && found !== '(not shown)'
          ? formatHint(value, allowed)
          : undefined;
      return [
        {
          at,
          code: 'format',
          message: sentence('format', { place }),
          found,
          allowed,
          ...(hint && { hint }),
        },
      ];
    }
    case 'too_big':
    case 'too_small':
      return [sizeFinding(issue, { at, value, target, found })];
    case 'invalid_key':
      return [
        {
          at,
          onKey: true,
          code: 'format',
          message: sentence('key', { place }),
          ...(issue.issues[0] && { allowed: issue.issues[0].message }),
        },
      ];
    default:
      return [
        { at, code: 'value', message: `${place}: ${issue.message}`, found },
      ];
  }
}

interface Context {
  at: PathSegment[];
  value: unknown;
  target: z.core.$ZodType | undefined;
  found: string;
}

function typeFinding(
  issue: z.core.$ZodIssueInvalidType,
  context: Context & { sourceOf: SourceOf },
): Finding {
  const { at, value, target, found, sourceOf } = context;
  if (value === undefined) {
    return missing(at, target);
  }
  const hint =
    found === '(not shown)'
      ? undefined
      : typeHint(target, value, at, sourceOf(at));
  const allowed = describeAllowed(target);
  return {
    at,
    code: 'type',
    message: `${nameOf(at)} must be ${typeName(issue.expected === 'number' ? 'int' : issue.expected)}, not ${typeName(typeOf(value))}`,
    found,
    ...(allowed && { allowed }),
    ...(hint && { hint }),
  };
}

function missing(
  at: PathSegment[],
  target: z.core.$ZodType | undefined,
): Finding {
  const allowed = describeAllowed(target);
  const description = target && 'description' in target && target.description;
  return {
    at,
    code: 'missing',
    message: sentence('missing', { place: nameOf(at) }),
    found: 'nothing',
    ...(allowed && { allowed }),
    hint: `add ${String(at[at.length - 1])}${
      typeof description === 'string' ? `: ${description}` : ''
    }`,
  };
}

function unknownKey(
  key: string,
  at: PathSegment[],
  value: unknown,
  target: z.core.$ZodType | undefined,
): Finding {
  const known = fieldNames(target);
  const free = known.filter(
    name => !isRecord(value) || !Object.hasOwn(value, name),
  );
  const nearest = didYouMean(key, known);
  const meant = nearest && free.includes(nearest) ? nearest : undefined;
  const hint = meant
    ? `did you mean ${meant}?`
    : nearest && `${nearest} is there already: take one of them out`;
  return {
    at: [...at, key],
    onKey: true,
    code: 'unknown-key',
    message: sentence('unknownKey', { place: nameOf(at) }),
    found: show(key),
    allowed: oneOf(known),
    ...(hint && { hint }),
  };
}

function sizeFinding(
  issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall,
  { at, value, target, found }: Context,
): Finding {
  const place = nameOf(at);
  const big = issue.code === 'too_big';
  const bound = big ? issue.maximum : issue.minimum;
  const limit = `at ${big ? 'most' : 'least'} ${bound}`;
  if (typeof value === 'string') {
    return {
      at,
      code: big ? 'too-long' : 'too-short',
      message: sentence('characters', { place, length: value.length }),
      found,
      allowed: `${limit} character${Number(bound) === 1 ? '' : 's'}`,
    };
  }
  if (Array.isArray(value)) {
    return {
      at,
      code: big ? 'too-long' : 'too-short',
      message: sentence('items', { place, length: value.length }),
      found,
      allowed: `${limit} item${Number(bound) === 1 ? '' : 's'}`,
    };
  }
  return {
    at,
    code: 'range',
    message: sentence('range', { place }),
    found,
    allowed: describeAllowed(target) ?? limit,
  };
}

/** The name that stands beside a value, as in `{ name: DB_PASSWORD, value: … }`. */
function siblingName(root: unknown, at: PathSegment[]): unknown {
  const parent = valueAt(root, at.slice(0, -1));
  return isRecord(parent) && at[at.length - 1] !== 'name'
    ? parent.name
    : undefined;
}

function valueAt(root: unknown, at: readonly PathSegment[]): unknown {
  return at.reduce<unknown>((value, segment) => {
    if (Array.isArray(value)) {
      return value[Number(segment)];
    }
    return isRecord(value) && Object.hasOwn(value, segment)
      ? value[segment]
      : undefined;
  }, root);
}

function typeOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value) ? 'array' : typeof value;
}

const TYPE_NAMES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a number',
  nan: 'no number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'empty',
};

function typeName(type: string): string {
  return TYPE_NAMES[type] ?? type;
}
