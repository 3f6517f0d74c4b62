import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  ZERO_QUANTITY,
  type Quantity,
  type QuotaLine,
} from '@slipway/plugin-slipway-common';
import { compareText } from './canonical';
import type { Finding } from './context';
import type { KubernetesObject, PlanTerms } from './types';
import {
  podsOf,
  sum,
  usageOf,
  type ContainerDefaults,
  type Usage,
} from './usage';

type QuotaTerms = Pick<PlanTerms, 'hard' | 'defaultLimits' | 'defaultRequests'>;

/** Lines that are shown whether there is a limit or not, in this order. */
const ALWAYS = ['requests.cpu', 'requests.memory', 'requests.storage', 'pods'];

/**
 * Use of the quota by the objects of an environment, with every autoscaler at
 * its most, because that is what has to fit.
 *
 * @public
 */
export function quotaLines(
  after: readonly KubernetesObject[],
  before: readonly KubernetesObject[],
  terms: QuotaTerms,
): QuotaLine[] {
  const used = totalUsage(after, terms);
  const usedBefore = totalUsage(before, terms);
  const resources = new Set([...ALWAYS, ...Object.keys(terms.hard)]);
  return [...resources].sort(byResource).map(resource => {
    const limit = terms.hard[resource];
    const now = used.get(resource) ?? ZERO_QUANTITY;
    const then = usedBefore.get(resource) ?? ZERO_QUANTITY;
    return {
      resource,
      before: formatQuantity(then),
      after: formatQuantity(now),
      ...(limit !== undefined && {
        limit: formatQuantity(parseQuantity(limit)),
      }),
      fits:
        limit === undefined ||
        compareQuantities(now, parseQuantity(limit)) <= 0,
    };
  });
}

/** What doesn't fit, and what fits only as long as nothing is rolled out. @internal */
export function quotaFindings(
  objects: readonly KubernetesObject[],
  lines: QuotaLine[],
  terms: QuotaTerms,
  profile: string,
): Finding[] {
  const used = totalUsage(objects, terms);
  const surge = largestSurge(objects, terms);
  return lines.flatMap((line): Finding[] => {
    if (line.limit === undefined) {
      return [];
    }
    if (!line.fits) {
      return [
        {
          rule: 'quota',
          result: 'deny',
          message: `${line.resource} comes to ${line.after}, but quota ${profile} allows ${line.limit}.`,
          fix: 'Ask for less, run fewer replicas, or ask the platform team for a larger quota.',
        },
      ];
    }
    const rolling = addQuantities(
      used.get(line.resource) ?? ZERO_QUANTITY,
      surge.get(line.resource) ?? ZERO_QUANTITY,
    );
    return compareQuantities(rolling, parseQuantity(line.limit)) <= 0
      ? []
      : [
          {
            rule: 'quota-rollout',
            result: 'warn',
            message: `${line.resource} comes to ${formatQuantity(rolling)} while a new Pod starts beside the old ones, but quota ${profile} allows ${line.limit}; a rollout would wait for ever.`,
            fix: 'Leave room for one more Pod, or ask the platform team for a larger quota.',
          },
        ];
  });
}

function totalUsage(
  objects: readonly KubernetesObject[],
  terms: ContainerDefaults,
): Usage {
  return sum(objects.map(object => usageOf(object, objects, terms)));
}

/** The most that one further Pod uses of each resource. */
function largestSurge(
  objects: readonly KubernetesObject[],
  terms: ContainerDefaults,
): Usage {
  const largest = new Map<string, Quantity>();
  for (const object of objects) {
    const pods = podsOf(object, objects, terms);
    for (const [resource, quantity] of pods?.surges ? pods.usage : []) {
      const other = largest.get(resource);
      if (!other || other.nanos < quantity.nanos) {
        largest.set(resource, quantity);
      }
    }
  }
  return largest;
}

function byResource(a: string, b: string): number {
  const rank = (resource: string) => {
    const index = ALWAYS.indexOf(resource);
    return index < 0 ? ALWAYS.length : index;
  };
  return rank(a) - rank(b) || compareText(a, b);
}
