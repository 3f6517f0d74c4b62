import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';

/** How a check stands: passed, to be known, to be waited for, in the way. @internal */
export type CheckState = 'ok' | 'warn' | 'wait' | 'bad';

/** One thing that has to hold before a merge, with the figures to say it with. @internal */
export type Check = { state: CheckState } & (
  | { id: 'valid'; errors: number }
  | { id: 'conflicts'; files: number }
  | { id: 'policy'; denials: number; warnings: number; passed: number }
  | { id: 'quota'; tight: string[] }
  | { id: 'approval'; given: number; needed: number; groups: string[] }
  | { id: 'data'; objects: number }
);

const unique = (names: string[]): string[] => [...new Set(names)];

/**
 * What has to hold before the change is merged, in the order in which a person would ask.
 *
 * @internal
 */
export function checksOf(
  request: Pick<ApiChangeRequestDetails, 'plan' | 'conflicts' | 'approvals'>,
): Check[] {
  const { plan, conflicts, approvals } = request;
  const { environments, totals } = plan;
  const errors = plan.problems.filter(
    ({ severity }) => severity === 'error',
  ).length;
  const passed = environments.reduce((sum, each) => sum + each.passed, 0);
  const tight = unique(
    environments.flatMap(({ environment, quota }) =>
      quota
        .filter(({ fits }) => !fits)
        .map(({ resource }) => `${environment} ${resource}`),
    ),
  );
  const gates = environments
    .map(({ approval }) => approval)
    .filter(({ required }) => required);
  const needed = gates.reduce((most, { count }) => Math.max(most, count), 0);
  const lost = environments
    .flatMap(({ objects }) => objects)
    .filter(({ verb, holdsData }) => verb === 'delete' && holdsData).length;
  const policyState = (): CheckState => {
    if (totals.denials > 0) return 'bad';
    return totals.warnings > 0 ? 'warn' : 'ok';
  };
  return [
    { id: 'valid', state: errors > 0 ? 'bad' : 'ok', errors },
    {
      id: 'conflicts',
      state: conflicts.length > 0 ? 'bad' : 'ok',
      files: conflicts.length,
    },
    // Where no environment changes there is nothing that a rule or a quota could be asked of.
    ...(environments.length > 0
      ? [
          {
            id: 'policy' as const,
            state: policyState(),
            denials: totals.denials,
            warnings: totals.warnings,
            passed,
          },
          // The environment stops at its policy later; the merge itself is not refused for it.
          {
            id: 'quota' as const,
            state: tight.length > 0 ? ('warn' as const) : ('ok' as const),
            tight,
          },
        ]
      : []),
    {
      id: 'approval',
      state: approvals < needed ? 'wait' : 'ok',
      given: approvals,
      needed,
      groups: unique(gates.flatMap(({ groups }) => groups)),
    },
    ...(lost > 0
      ? [{ id: 'data' as const, state: 'warn' as const, objects: lost }]
      : []),
  ];
}
