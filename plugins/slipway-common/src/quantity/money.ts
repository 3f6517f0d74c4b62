import { InputError } from '@backstage/errors';
import type { Money } from '../kinds/fields';

/**
 * The sum of amounts in one currency. Answers nothing in the given currency
 * when there are no amounts.
 *
 * @public
 */
export function addMoney(currency: string, amounts: Money[]): Money {
  const cents = amounts.reduce((sum, amount) => {
    assertSameCurrency(currency, amount.currency);
    return sum + BigInt(amount.cents);
  }, 0n);
  return { cents: toCents(cents), currency };
}

/**
 * The amount times a fraction, rounded half up to whole cents. Both parts are
 * whole numbers, so that nothing is lost before the rounding.
 *
 * @public
 */
export function scaleMoney(
  money: Money,
  numerator: bigint,
  denominator: bigint,
): Money {
  if (denominator <= 0n || numerator < 0n) {
    throw new InputError(
      `${numerator}/${denominator} is no factor; allowed are fractions that aren't negative`,
    );
  }
  const doubled = 2n * BigInt(money.cents) * numerator + denominator;
  return { ...money, cents: toCents(doubled / (2n * denominator)) };
}

/**
 * Negative when the first is less, positive when it is more. Amounts in
 * different currencies can't be compared.
 *
 * @public
 */
export function compareMoney(a: Money, b: Money): number {
  assertSameCurrency(a.currency, b.currency);
  return Math.sign(a.cents - b.cents);
}

/**
 * Writes an amount for people, in their locale.
 *
 * @public
 */
export function formatMoney(money: Money, locale = 'en-US'): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(money.cents / 100);
}

function assertSameCurrency(expected: string, found: string): void {
  if (expected !== found) {
    throw new InputError(
      `${found} can't be reckoned with ${expected}; allowed is one currency, so convert one of them first`,
    );
  }
}

function toCents(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new InputError(
      `${value} cents is more than can be kept; allowed are at most ${Number.MAX_SAFE_INTEGER}`,
    );
  }
  return Number(value);
}
