/**
 * Characters that nobody sees: Unicode's Cc but tab, line feed, carriage
 * return and next line, what is no character, and halves of surrogate pairs.
 *
 * @internal
 */
export const CONTROL = /(?![\t\n\r\u0085])\p{Cc}|[\ufffe\uffff]|\p{Cs}/u;

/** Writes a character as U+0007. @internal */
export function nameOfCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
