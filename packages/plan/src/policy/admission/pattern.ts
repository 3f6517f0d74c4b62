/**
 * Regular expressions are JavaScript's here and RE2's in Kubernetes. What both
 * read the same way is exported, and nothing else.
 */
const DIFFERENT: ReadonlyArray<[RegExp, string]> = [
  [/\(\?(?!:)/, 'a group with (?'],
  [/\\[1-9]|\\k/, 'a reference back to a group'],
  [/\[\[:|\[:\^?[a-z]+:\]/, 'a class such as [:alpha:]'],
  [
    /\\(?![dDwWbBnrtf])[A-Za-z0-9]/,
    'an escape that means something else in the two',
  ],
  [/\[\^?\]/, 'an empty class'],
  [/(^|[^\\])\[[^\]]*\\?-\\[dw]/, 'a range that ends in a class'],
  [/\{(\d{4,}|\d*,\d{4,})/, 'a count above 999'],
  [/[*+?}][+]/, 'a possessive repetition'],
  [/[^\x20-\x7e]/, 'a letter beyond ASCII'],
];

/** What of a pattern isn't the same in both, or undefined. @internal */
export function differenceInPattern(pattern: string): string | undefined {
  // `\\` is one sign, and must not be taken for the beginning of an escape.
  const plain = pattern.replaceAll('\\\\', '_');
  return DIFFERENT.find(([sign]) => sign.test(plain))?.[1];
}
