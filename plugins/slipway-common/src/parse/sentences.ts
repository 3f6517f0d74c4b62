import type { Problem } from './problem';

/**
 * What is said of a value that the schema of a kind refuses, with places for what differs. Messages are made of this
 * table and read back by it, so that a page can say them in another language.
 *
 * @public
 */
export const SCHEMA_SENTENCES = {
  missing: '{{place}} is missing',
  value: '{{place}} has a value that is not allowed',
  format: '{{place}} does not have the right form',
  key: '{{place}} is a key that is not allowed',
  unknownKey: '{{place}} has no field of that name',
  characters: '{{place}} is {{length}} characters long',
  items: '{{place}} has {{length}} items',
  range: '{{place}} is out of range',
} as const;

/** A key of {@link SCHEMA_SENTENCES}. @public */
export type SchemaSentence = keyof typeof SCHEMA_SENTENCES;

/** What stands in the places of a sentence. @public */
export interface SentenceValues {
  place: string;
  length: string;
}

const PLACE = /\{\{(\w+)\}\}/g;

/** A message of the table. @internal */
export function sentence(
  key: SchemaSentence,
  values: { place: string; length?: number },
): string {
  return SCHEMA_SENTENCES[key].replace(PLACE, (_, name: 'place' | 'length') =>
    String(values[name]),
  );
}

/** The table as patterns: no sentence has anything in it that a pattern would read in another way. */
const PATTERNS = Object.entries(SCHEMA_SENTENCES).map(
  ([key, text]) =>
    [
      key as SchemaSentence,
      new RegExp(`^${text.replace(PLACE, '(?<$1>.+)')}$`),
    ] as const,
);

/**
 * Which sentence of {@link SCHEMA_SENTENCES} a problem's message is, and what stands in its places; undefined for one
 * that was put in other words.
 *
 * @public
 */
export function sentenceOf({
  message,
  path,
}: Pick<Problem, 'message' | 'path'>):
  { key: SchemaSentence; values: SentenceValues } | undefined {
  for (const [key, pattern] of PATTERNS) {
    const { place, length = '' } = pattern.exec(message)?.groups ?? {};
    // Other checks have sentences of their own, which may end in the same words.
    if (place && path.startsWith(place))
      return { key, values: { place, length } };
  }
  return undefined;
}
