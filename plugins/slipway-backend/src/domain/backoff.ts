/** How long to wait after an error. */
export interface BackoffSettings {
  /** Upper end of the first wait; doubles with every further error. */
  baseMs: number;
  /** No wait is longer than this. */
  maxMs: number;
}

/**
 * Exponential backoff with full jitter: anything between nothing and the doubled base. The jitter is full because
 * many keys fail at the same moment (a cluster goes away) and must not come back at the same moment.
 *
 * @param attempt - How many runs have failed, the last one included; 1 after the first error.
 * @param random - In [0, 1).
 */
export function backoffMs(
  attempt: number,
  settings: BackoffSettings,
  random: number,
): number {
  const { baseMs, maxMs } = settings;
  // 2^31 times any base is beyond every maximum; a larger exponent would only lose precision.
  const exponent = Math.min(Math.max(attempt, 1) - 1, 31);
  return Math.floor(random * Math.min(maxMs, baseMs * 2 ** exponent));
}
