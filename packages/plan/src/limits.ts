import {
  compareQuantities,
  isQuantity,
  parseQuantity,
  type QuotaProfile,
} from '@slipway/plugin-slipway-common';
import type { Finding } from './context';
import { escapePointer, provenanceAt } from './trace';
import type { RenderedObject } from './types';
import { containersOf, podsOf, type ContainerDefaults } from './usage';

type Resource = 'cpu' | 'memory';
type Amounts = Partial<Record<Resource, string>>;

/**
 * What a container without requests and limits gets. Kubernetes fills in what
 * a LimitRange leaves open: the limit from the most, the request from the
 * limit, else from the least.
 *
 * @internal
 */
export function containerDefaults(quota: QuotaProfile): ContainerDefaults {
  const { max, min, default: limit, defaultRequest } = quota.spec.limits ?? {};
  const defaultLimits: Amounts = { ...max, ...limit };
  return {
    defaultLimits,
    defaultRequests: { ...min, ...defaultLimits, ...defaultRequest },
  };
}

/** One container and the bounds that it runs between. */
interface Bounds {
  resource: Resource;
  /** The container in words. */
  who: string;
  own: { request?: string; limit?: string };
  quota: QuotaProfile;
  defaults: ContainerDefaults;
  /** Pods of it are made; else only what its template says is judged. */
  runs: boolean;
}

/**
 * What the API server would say to each Pod, because of its containers: better
 * to hear it now than from a Deployment that never becomes available.
 *
 * @internal
 */
export function limitFindings(
  rendered: readonly RenderedObject[],
  quota: QuotaProfile,
): Finding[] {
  const defaults = containerDefaults(quota);
  const objects = rendered.map(({ object }) => object);
  return rendered.flatMap(item => {
    const { object } = item;
    const pods = podsOf(object, objects, defaults);
    const containers = containersOf(object);
    return containers.flatMap(({ name, pointer, limits, requests }) =>
      (['cpu', 'memory'] as const).flatMap((resource): Finding[] => {
        const found = broken({
          resource,
          who:
            containers.length > 1
              ? `${name} of ${object.metadata.name}`
              : object.metadata.name,
          own: {
            request: quantity(requests[resource]),
            limit: quantity(limits[resource]),
          },
          quota,
          defaults,
          runs: (pods?.most ?? 0) > 0,
        });
        if (!found) {
          return [];
        }
        const { field, ...finding } = found;
        const { specPath = item.source?.specPath } = provenanceAt(
          item,
          `${pointer}/resources/${field}/${escapePointer(resource)}`,
        );
        return [
          { rule: 'container-limits', result: 'deny', ...finding, specPath },
        ];
      }),
    );
  });
}

type Broken = Pick<Finding, 'message' | 'fix'> & {
  field: 'requests' | 'limits';
};

function broken(bounds: Bounds): Broken | undefined {
  return (
    tooMuchRequested(bounds) ?? (bounds.runs ? outside(bounds) : undefined)
  );
}

function tooMuchRequested({
  resource,
  who,
  own,
  quota,
  runs,
}: Bounds): Broken | undefined {
  const limit =
    own.limit ?? (runs ? quota.spec.limits?.default?.[resource] : undefined);
  return exceeds(own.request, limit)
    ? {
        field: 'requests',
        message: `${who} requests ${own.request} of ${resource}, more than its limit of ${limit}.`,
        fix: `Raise resources.limits.${resource}, or request less.`,
      }
    : undefined;
}

function outside({
  resource,
  who,
  own,
  quota,
  defaults,
}: Bounds): Broken | undefined {
  const name = quota.metadata.name;
  const { min, max, default: fallback } = quota.spec.limits ?? {};
  const request =
    own.request ?? own.limit ?? defaults.defaultRequests[resource];
  const limit = own.limit ?? defaults.defaultLimits[resource];
  const uses = own.limit ?? fallback?.[resource] ?? request;
  if (exceeds(uses, max?.[resource])) {
    return {
      field: own.limit === undefined ? 'requests' : 'limits',
      message: `${who} may use ${uses} of ${resource}, but quota ${name} allows a container ${max?.[resource]}.`,
      fix: `Stay at or below ${max?.[resource]}.`,
    };
  }
  if (exceeds(min?.[resource], request)) {
    return {
      field: 'requests',
      message: `${who} requests ${request} of ${resource}, but quota ${name} asks for at least ${min?.[resource]}.`,
      fix: `Request at least ${min?.[resource]}.`,
    };
  }
  const { hard } = quota.spec;
  if (limit === undefined && hard[`limits.${resource}`] !== undefined) {
    return uncounted('limits');
  }
  return request === undefined && hard[`requests.${resource}`] !== undefined
    ? uncounted('requests')
    : undefined;

  function uncounted(field: 'requests' | 'limits'): Broken {
    return {
      field,
      message: `${who} says nothing of ${field}.${resource}, which quota ${name} counts; its Pods would be refused.`,
      fix: `Write resources.${field === 'limits' ? 'limits.' : ''}${resource}, or have the platform team give the quota a default.`,
    };
  }
}

function quantity(amount: unknown): string | undefined {
  return amount === undefined ? undefined : `${amount}`;
}

function exceeds(amount: string | undefined, bound: string | undefined) {
  return (
    amount !== undefined &&
    bound !== undefined &&
    isQuantity(amount) &&
    isQuantity(bound) &&
    compareQuantities(parseQuantity(amount), parseQuantity(bound)) > 0
  );
}
