import fc from 'fast-check';
import { backoffMs } from './backoff';

const settings = { baseMs: 1_000, maxMs: 60_000 };

describe('backoffMs', () => {
  it('doubles its upper end with every error until the maximum', () => {
    const almostOne = 1 - Number.EPSILON;
    const ends = [1, 2, 3, 6, 7, 8].map(attempt =>
      backoffMs(attempt, settings, almostOne),
    );
    expect(ends).toEqual([999, 1_999, 3_999, 31_999, 59_999, 59_999]);
  });

  it('may be nothing at all, as full jitter is', () => {
    expect(backoffMs(5, settings, 0)).toBe(0);
  });

  it('is a whole number between nothing and the maximum for any number of errors', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5, max: 1e9 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const wait = backoffMs(attempt, settings, random);
          expect(Number.isInteger(wait)).toBe(true);
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(settings.maxMs);
        },
      ),
    );
  });
});
