import {
  compareQuantities,
  isQuantity,
  parseQuantity,
  type NormalizedWorkload,
} from '@slipway/plugin-slipway-common';
import type { Finding, RenderContext } from './context';
import { hasDisk } from './render/volumes';

/** What Slipway itself has to say about an environment, whatever its packs. @internal */
export function checks(context: RenderContext): Finding[] {
  return [
    ...context.workloads.flatMap(workload => [
      ...sharedDisk(context, workload),
      ...containerLimits(context, workload),
    ]),
    ...currency(context),
    ...region(context),
    ...deliveryForm(context),
  ];
}

function sharedDisk(
  context: RenderContext,
  workload: NormalizedWorkload,
): Finding[] {
  const most = workload.autoscaling?.max ?? workload.replicas ?? 1;
  return hasDisk(workload) && most > 1 && workload.kind !== 'CronJob'
    ? [
        {
          rule: 'shared-disk',
          result: 'deny',
          message: `${workload.name} has a disk and may run ${most} times, but a disk can be mounted on one node only.`,
          fix: 'Run it once, or keep its data in a database.',
          specPath: context.paths.workload(
            workload.name,
            workload.autoscaling ? 'autoscaling.max' : 'replicas',
          ),
        },
      ]
    : [];
}

/** The API server refuses Pods that break the LimitRange; better to hear it now. */
function containerLimits(
  context: RenderContext,
  workload: NormalizedWorkload,
): Finding[] {
  const { limits: profile } = context.input.quota.spec;
  const { resources } = workload;
  return (['cpu', 'memory'] as const).flatMap((resource): Finding[] => {
    const request = resources[resource];
    const limit = resources.limits?.[resource] ?? profile?.default?.[resource];
    const most = profile?.max?.[resource];
    const least = profile?.min?.[resource];
    const field = (name: string) => context.paths.workload(workload.name, name);
    const about = { rule: 'container-limits', result: 'deny' as const };
    const quota = context.input.quota.metadata.name;
    if (limit !== undefined && exceeds(request, limit)) {
      return [
        {
          ...about,
          message: `${workload.name} requests ${request} of ${resource}, more than its limit of ${limit}.`,
          fix: `Raise resources.limits.${resource}, or request less.`,
          specPath: field(`resources.${resource}`),
        },
      ];
    }
    if (most !== undefined && exceeds(limit ?? request, most)) {
      return [
        {
          ...about,
          message: `${workload.name} may use ${limit ?? request} of ${resource}, but quota ${quota} allows a container ${most}.`,
          fix: `Stay at or below ${most}.`,
          specPath: field(`resources.${limit ? 'limits.' : ''}${resource}`),
        },
      ];
    }
    if (least !== undefined && exceeds(least, request)) {
      return [
        {
          ...about,
          message: `${workload.name} requests ${request} of ${resource}, but quota ${quota} asks for at least ${least}.`,
          fix: `Request at least ${least}.`,
          specPath: field(`resources.${resource}`),
        },
      ];
    }
    return [];
  });
}

function exceeds(amount: string, bound: string): boolean {
  return (
    isQuantity(amount) &&
    isQuantity(bound) &&
    compareQuantities(parseQuantity(amount), parseQuantity(bound)) > 0
  );
}

function currency({ input }: RenderContext): Finding[] {
  const { base } = input.class.spec.cost;
  return base.cents > 0 && base.currency !== input.prices.currency
    ? [
        {
          rule: 'currency',
          result: 'warn',
          message: `The base cost of class ${input.class.metadata.name} is in ${base.currency}, the price sheet in ${input.prices.currency}; the estimate leaves it out.`,
          fix: 'Write both in one currency.',
        },
      ]
    : [];
}

function region({ input, paths }: RenderContext): Finding[] {
  const { regions } = input.class.spec;
  const { name, region: where } = input.cluster;
  return regions.length > 0 && !regions.includes(where ?? '')
    ? [
        {
          rule: 'region',
          result: 'deny',
          message: `Cluster ${name} is in ${where ?? 'no known region'}, but class ${input.class.metadata.name} allows ${regions.join(', ')} only.`,
          fix: 'Choose another cluster or another class.',
          specPath: `${paths.environment}.cluster`,
        },
      ]
    : [];
}

function deliveryForm({ input }: RenderContext): Finding[] {
  return input.class.spec.delivery.form === 'chart'
    ? [
        {
          rule: 'delivery-form',
          result: 'warn',
          message: `Class ${input.class.metadata.name} asks for chart values, which this Slipway doesn't write; rendered objects are committed.`,
          fix: 'Write form: rendered in the class.',
        },
      ]
    : [];
}
