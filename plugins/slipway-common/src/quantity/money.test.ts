import fc from 'fast-check';
import { addMoney, compareMoney, formatMoney, scaleMoney } from './money';

const usd = (cents: number) => ({ cents, currency: 'USD' });

describe('money', () => {
  it('adds amounts of one currency', () => {
    expect(addMoney('USD', [usd(10), usd(20)])).toEqual(usd(30));
    expect(addMoney('EUR', [])).toEqual({ cents: 0, currency: 'EUR' });
  });

  it('refuses to mix currencies', () => {
    expect(() => addMoney('EUR', [usd(1)])).toThrow(
      "USD can't be reckoned with EUR",
    );
    expect(() => compareMoney(usd(1), { cents: 1, currency: 'EUR' })).toThrow(
      'one currency',
    );
  });

  it('rounds half up to whole cents', () => {
    expect(scaleMoney(usd(1), 1n, 2n)).toEqual(usd(1));
    expect(scaleMoney(usd(1), 49n, 100n)).toEqual(usd(0));
    expect(() => scaleMoney(usd(1), 1n, 0n)).toThrow('is no factor');
  });

  it('refuses amounts that can’t be kept exactly', () => {
    expect(() => scaleMoney(usd(Number.MAX_SAFE_INTEGER), 2n, 1n)).toThrow(
      'more than can be kept',
    );
  });

  it('compares and writes amounts', () => {
    expect(compareMoney(usd(1), usd(2))).toBe(-1);
    expect(formatMoney(usd(123456))).toBe('$1,234.56');
  });

  it('is never off by more than half a cent', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 1_000_000 }),
        fc.bigInt({ min: 0n, max: 10_000n }),
        fc.bigInt({ min: 1n, max: 10_000n }),
        (cents, numerator, denominator) => {
          const scaled = scaleMoney(usd(cents), numerator, denominator);
          const off =
            2n *
            (BigInt(scaled.cents) * denominator - BigInt(cents) * numerator);
          expect(off <= denominator && off >= -denominator).toBe(true);
        },
      ),
    );
  });
});
