import type { NormalizedWorkload } from '@slipway/plugin-slipway-common';
import { chartFindings } from './chart/findings';
import type { Finding, RenderContext } from './context';
import { hasDisk } from './render/volumes';

/** What Slipway itself has to say about an environment, whatever its packs. @internal */
export function checks(context: RenderContext): Finding[] {
  return [
    ...context.workloads.flatMap(workload => sharedDisk(context, workload)),
    ...currency(context),
    ...region(context),
    ...chartFindings(context),
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
