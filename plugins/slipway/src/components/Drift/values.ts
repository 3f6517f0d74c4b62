/** Longer than this a value is cut; the whole one is in the title and in the object's diff. */
const LONGEST = 160;

/** A field's value as people read it: text as it is, everything else as JSON. Undefined means that there is none. @internal */
export function valueText(value: unknown): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** @internal */
export const shortText = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
