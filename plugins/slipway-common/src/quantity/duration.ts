import { InputError } from '@backstage/errors';

/** Nanoseconds of each unit, largest first. */
const UNITS: ReadonlyArray<readonly [string, bigint]> = [
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
  ['us', 1_000n],
  ['ns', 1n],
];

const NANOS = new Map<string, bigint>([
  ...UNITS,
  ['µs', 1_000n],
  ['μs', 1_000n],
]);

const PART = /([0-9]+)(?:\.([0-9]+))?(ns|us|µs|μs|ms|s|m|h)/y;

/** Go keeps durations in 64 bits, and so does whoever reads ours. */
const MAX_NANOS = 2n ** 63n - 1n;

/** Text longer than this is no duration that anybody wrote on purpose. */
const MAX_LENGTH = 64;

/**
 * Reads a Go duration such as `72h` or `1h30m` as nanoseconds. A sign isn't
 * allowed: nothing of ours lasts less than no time.
 *
 * @public
 */
export function parseDuration(text: string): bigint {
  let nanos = 0n;
  let read = 0;
  if (text.length <= MAX_LENGTH) {
    PART.lastIndex = 0;
    for (let part = PART.exec(text); part; part = PART.exec(text)) {
      const [, whole, fraction = '', unit] = part;
      const size = NANOS.get(unit) ?? 0n;
      nanos +=
        (BigInt(whole + fraction) * size) / 10n ** BigInt(fraction.length);
      read = PART.lastIndex;
    }
  }
  if (read === 0 || read !== text.length || nanos > MAX_NANOS) {
    throw new InputError(
      `${JSON.stringify(text.slice(0, MAX_LENGTH))} is no duration; allowed are Go durations such as 30m, 72h or 1h30m (hours are the largest unit)`,
    );
  }
  return nanos;
}

/**
 * Reads a Go duration as milliseconds, for timers and dates.
 *
 * @public
 */
export function durationToMilliseconds(text: string): number {
  return Number(parseDuration(text) / 1_000_000n);
}

/**
 * Writes nanoseconds as a Go duration, without units that are zero: `72h`,
 * where Go itself writes `72h0m0s`.
 *
 * @public
 */
export function formatDuration(nanos: bigint): string {
  if (nanos < 0n || nanos > MAX_NANOS) {
    throw new InputError(
      `${nanos} ns is no duration; allowed are 0 to ${MAX_NANOS} ns`,
    );
  }
  let rest = nanos;
  let text = '';
  for (const [unit, size] of UNITS) {
    const count = rest / size;
    if (count > 0n) {
      text += `${count}${unit}`;
      rest -= count * size;
    }
  }
  return text || '0s';
}
