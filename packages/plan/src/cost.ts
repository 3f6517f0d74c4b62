import {
  formatQuantity,
  type CostEstimate,
  type CostLine,
  type Quantity,
} from '@slipway/plugin-slipway-common';
import type { KubernetesObject, PlanTerms, PriceSheet } from './types';
import { claimsOf, podsOf, sum, type Usage } from './usage';

/**
 * Prices for those who haven't set their own: about what a small managed
 * cluster costs at a large provider, spread over what can be scheduled on it.
 *
 * @public
 */
export const DEFAULT_PRICES: PriceSheet = {
  currency: 'USD',
  cpu: 2200,
  memory: 300,
  storage: 10,
  gpu: 45_000,
};

/** Quantities are kept in billionths. */
const NANOS = 1_000_000_000n;
const NANOS_PER_GIB = NANOS * 1024n ** 3n;

/** Sizes that a schema allows can cost more than a number can say; nobody pays that. */
const MOST_CENTS = 10n ** 13n;

/**
 * What the objects of an environment cost in a month.
 *
 * Pods cost what they request, times the fewest replicas that run; a CronJob
 * costs as if it ran all the time, which is the most that it can cost. Each
 * line is reckoned exactly and then rounded half up to a whole cent, once; the
 * sum is the sum of the lines that are shown. What was before is reckoned with
 * the same terms unless others are given.
 *
 * @public
 */
export function estimateCost(
  after: readonly KubernetesObject[],
  before: readonly KubernetesObject[],
  terms: Omit<PlanTerms, 'hard'>,
  termsBefore = terms,
): CostEstimate {
  const lines = costLines(after, terms);
  const total = (items: CostLine[]) =>
    items.reduce((cents, line) => cents + line.cents, 0);
  return {
    currency: terms.prices.currency,
    cents: total(lines),
    centsBefore: total(costLines(before, termsBefore)),
    lines,
  };
}

function costLines(
  objects: readonly KubernetesObject[],
  terms: Omit<PlanTerms, 'hard'>,
): CostLine[] {
  if (objects.length === 0) {
    return [];
  }
  const { prices, base } = terms;
  const fixed =
    base.cents > 0 && base.currency === prices.currency
      ? [{ item: 'environment', detail: 'base', cents: base.cents }]
      : [];
  return [
    ...fixed,
    ...objects.flatMap(object => objectLines(object, objects, terms)),
  ];
}

function objectLines(
  object: KubernetesObject,
  objects: readonly KubernetesObject[],
  terms: Omit<PlanTerms, 'hard' | 'base'>,
): CostLine[] {
  const item = object.metadata.name;
  const { prices } = terms;
  const pods = podsOf(object, objects, terms);
  const running =
    pods && pods.fewest > 0
      ? [
          {
            item,
            detail: podsDetail(object.kind, pods),
            cents: centsOf(
              ['requests.cpu', 'requests.memory', 'requests.nvidia.com/gpu'],
              pods.usage,
              prices,
              pods.fewest,
            ),
          },
        ]
      : [];
  const storage = sum(
    claimsOf(object).map(size => [['requests.storage', size]]),
  );
  const size = storage.get('requests.storage');
  const disk = size
    ? [
        {
          item,
          detail: `${formatQuantity(size)} of disk`,
          cents: centsOf(['requests.storage'], storage, prices, 1),
        },
      ]
    : [];
  return [...running, ...disk];
}

function podsDetail(
  kind: string,
  { usage, fewest, most }: { usage: Usage; fewest: number; most: number },
): string {
  const amount = (resource: string, word: string) => {
    const quantity = usage.get(resource);
    return quantity ? [`${formatQuantity(quantity)} ${word}`] : [];
  };
  const each = [
    ...amount('requests.cpu', 'CPU'),
    ...amount('requests.memory', 'memory'),
    ...amount('requests.nvidia.com/gpu', 'GPU'),
  ].join(', ');
  const times = most > fewest ? `${fewest} to ${most}, at ${fewest}` : fewest;
  return kind === 'CronJob' ? `${each}, at most` : `${times} × ${each}`;
}

/** Cents of a unit of each resource, and how many billionths the unit has. */
function priceOf(resource: string, prices: PriceSheet): [number, bigint] {
  switch (resource) {
    case 'requests.cpu':
      return [prices.cpu, NANOS];
    case 'requests.memory':
      return [prices.memory, NANOS_PER_GIB];
    case 'requests.storage':
      return [prices.storage, NANOS_PER_GIB];
    default:
      return [prices.gpu, NANOS];
  }
}

function centsOf(
  resources: string[],
  usage: ReadonlyMap<string, Quantity>,
  prices: PriceSheet,
  times: number,
): number {
  // One denominator for all, so that the sum is rounded and not its parts.
  const numerator = resources.reduce((total, resource) => {
    const [price, unit] = priceOf(resource, prices);
    const nanos = usage.get(resource)?.nanos ?? 0n;
    return (
      total + (BigInt(price) * nanos * NANOS_PER_GIB * BigInt(times)) / unit
    );
  }, 0n);
  const rounded = (2n * numerator + NANOS_PER_GIB) / (2n * NANOS_PER_GIB);
  return Number(rounded < MOST_CENTS ? rounded : MOST_CENTS);
}
