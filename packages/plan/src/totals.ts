import {
  formatMoney,
  type ChangeVerb,
  type EnvironmentPlanSummary,
  type PlanSummary,
} from '@slipway/plugin-slipway-common';

/**
 * The sums over all environments of a plan. Amounts in another currency than
 * the first environment's can't be added, and are left out.
 *
 * @public
 */
export function totals(
  environments: readonly EnvironmentPlanSummary[],
): PlanSummary['totals'] {
  const objects = environments.flatMap(environment => environment.objects);
  const verdicts = environments.flatMap(environment => environment.verdicts);
  const currency = environments[0]?.cost.currency ?? 'USD';
  const costs = environments
    .map(({ cost }) => cost)
    .filter(cost => cost.currency === currency);
  const changed = (verb: ChangeVerb) =>
    objects.filter(object => object.verb === verb).length;
  return {
    create: changed('create'),
    update: changed('update'),
    delete: changed('delete'),
    warnings: verdicts.filter(({ result }) => result === 'warn').length,
    denials: verdicts.filter(
      ({ result }) => result === 'deny' || result === 'error',
    ).length,
    cents: costs.reduce((sum, { cents }) => sum + cents, 0),
    centsBefore: costs.reduce((sum, { centsBefore }) => sum + centsBefore, 0),
    currency,
  };
}

/**
 * A plan in one line, such as "3 files · +12 ~1 −0 objects in 2 environments ·
 * 1 warning · €41.20 a month (+12.00)".
 *
 * @public
 */
export function headline(plan: PlanSummary): string {
  const errors = plan.problems.filter(
    ({ severity }) => severity === 'error',
  ).length;
  if (errors > 0) {
    return count(errors, 'problem');
  }
  const { create, update, delete: gone, warnings, denials } = plan.totals;
  const files = plan.files.filter(({ verb }) => verb !== 'keep').length;
  return [
    count(files, 'file'),
    `+${create} ~${update} −${gone} objects in ${count(plan.environments.length, 'environment')}`,
    ...(denials > 0 ? [count(denials, 'denial')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
    money(plan.totals),
  ].join(' · ');
}

function money({
  cents,
  centsBefore,
  currency,
}: PlanSummary['totals']): string {
  const monthly = `${formatMoney({ cents, currency })} a month`;
  const change = cents - centsBefore;
  if (change === 0) {
    return monthly;
  }
  const amount = (Math.abs(change) / 100).toFixed(2);
  return `${monthly} (${change > 0 ? '+' : '−'}${amount})`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
