/**
 * Text as a number where it is one, and as the text where it isn't (yet): what was typed is never thrown away, and the
 * schema says what is wrong with it.
 *
 * @internal
 */
export function numberOrText(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') {
    return undefined;
  }
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : text;
}

/** Text, absent where nothing is typed: an empty field is no field in a file. @internal */
export const textOrNothing = (text: string): string | undefined =>
  text === '' ? undefined : text;

/** The object with some keys changed; a key set to undefined goes, and so does an empty list. @internal */
export function change<T extends object>(value: T, changes: Partial<T>): T {
  return Object.fromEntries(
    Object.entries({ ...value, ...changes }).filter(
      ([, entry]) =>
        entry !== undefined && !(Array.isArray(entry) && entry.length === 0),
    ),
  ) as T;
}

/** The list with one item changed. @internal */
export const changeAt = <T>(items: readonly T[], index: number, item: T): T[] =>
  items.map((each, at) => (at === index ? item : each));

/** The list without one item. @internal */
export const without = <T>(items: readonly T[], index: number): T[] =>
  items.filter((_, at) => at !== index);

/** What an input shows of a value of a draft. @internal */
export const shown = (value: string | number | undefined): string =>
  value === undefined ? '' : String(value);
