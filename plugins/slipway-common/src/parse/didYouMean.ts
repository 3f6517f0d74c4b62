/** Longer words are no typing mistakes, and would make the table large. */
const MAX_LENGTH = 64;

/**
 * The candidate that somebody most likely meant, by how many letters have to
 * be inserted, deleted, replaced or swapped. Answers undefined when none is
 * near enough to be more than a guess.
 *
 * @internal
 */
export function didYouMean(
  word: string,
  candidates: readonly string[],
): string | undefined {
  if (word.length > MAX_LENGTH) {
    return undefined;
  }
  const lower = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance =
      candidate.length > MAX_LENGTH
        ? Infinity
        : editDistance(lower, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * How many letters have to be inserted, deleted, replaced or swapped with
 * their neighbour to make one word the other.
 *
 * @internal
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(
        last[j] + 1,
        row[j - 1] + 1,
        last[j - 1] + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
      }
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
