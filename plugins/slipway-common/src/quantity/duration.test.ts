import fc from 'fast-check';
import {
  durationToMilliseconds,
  formatDuration,
  parseDuration,
} from './duration';

describe('durations', () => {
  it.each([
    ['72h', 72n * 3_600_000_000_000n, '72h'],
    ['1h30m', 5_400_000_000_000n, '1h30m'],
    ['90m', 5_400_000_000_000n, '1h30m'],
    ['1.5h', 5_400_000_000_000n, '1h30m'],
    ['100ms', 100_000_000n, '100ms'],
    ['1µs', 1_000n, '1us'],
    ['0s', 0n, '0s'],
  ])('reads %s', (text, nanos, canonical) => {
    expect(parseDuration(text)).toBe(nanos);
    expect(formatDuration(nanos)).toBe(canonical);
  });

  it.each([
    '',
    '3d',
    '72',
    'h',
    '1h 30m',
    '-1h',
    '1h-30m',
    '9999999999999h',
    '1w',
  ])('refuses %j', text => {
    expect(() => parseDuration(text)).toThrow(/is no duration; allowed are/);
  });

  it('turns into milliseconds for timers', () => {
    expect(durationToMilliseconds('1m30s')).toBe(90_000);
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), nanos => {
        expect(parseDuration(formatDuration(nanos))).toBe(nanos);
      }),
    );
  });
});
