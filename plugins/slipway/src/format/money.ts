import { formatMoney } from '@slipway/plugin-slipway-common';

/** An amount of whole cents. @internal */
export const money = (cents: number, currency: string): string =>
  formatMoney({ cents, currency });

/** A difference with its sign and without the currency, as it stands beside the amount. @internal */
export function moneyDelta(cents: number): string {
  const amount = (Math.abs(cents) / 100).toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  if (cents === 0) {
    return `±${amount}`;
  }
  return `${cents > 0 ? '+' : '−'}${amount}`;
}
