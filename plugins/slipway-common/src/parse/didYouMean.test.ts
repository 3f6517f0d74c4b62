import fc from 'fast-check';
import { didYouMean, editDistance } from './didYouMean';

describe('didYouMean', () => {
  it.each([
    ['ownr', 'owner'],
    ['onwer', 'owner'],
    ['OWNER', 'owner'],
    ['nmae', 'name'],
    ['organisation', 'organization'],
    ['xyz', undefined],
    ['a'.repeat(1000), undefined],
  ])('takes %s for %s', (word, meant) => {
    expect(didYouMean(word, ['name', 'owner', 'organization', 'port'])).toBe(
      meant,
    );
  });

  it('counts letters that are inserted, deleted, replaced or swapped', () => {
    expect(editDistance('abc', 'abc')).toBe(0);
    expect(editDistance('abc', 'acb')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('kitten', 'sitting')).toBe(3);
  });

  it('is the same in both directions, and never more than the longer word', () => {
    const word = fc.string({ maxLength: 10 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b)).toBeLessThanOrEqual(
          Math.max(a.length, b.length),
        );
      }),
    );
  });
});
