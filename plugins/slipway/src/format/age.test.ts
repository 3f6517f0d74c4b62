import { formatAge, formatTook } from './age';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('formatAge', () => {
  it.each([
    [0, '0 s'],
    [-5 * SECOND, '0 s'],
    [59 * SECOND, '59 s'],
    [MINUTE, '1 min'],
    [59 * MINUTE + 59 * SECOND, '59 min'],
    [HOUR, '1 h'],
    [47 * HOUR, '47 h'],
    [48 * HOUR, '2 d'],
  ])('says %d ms as %s', (age, text) => {
    expect(formatAge(age)).toBe(text);
  });
});

describe('formatTook', () => {
  it.each([
    [900, '0 s'],
    [12 * SECOND, '12 s'],
    [3 * MINUTE + 12 * SECOND, '3 min 12 s'],
    [4 * MINUTE, '4 min'],
    [HOUR + 5 * MINUTE, '1 h 5 min'],
    [2 * HOUR, '2 h'],
  ])('says %d ms as %s', (took, text) => {
    expect(formatTook(took)).toBe(text);
  });
});
