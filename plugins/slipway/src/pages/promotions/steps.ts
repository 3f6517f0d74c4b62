import type { ApiEnvironment } from '@slipway/plugin-slipway-common';

/** Environments of several services that are one step further than the same other one. @internal */
export interface Step {
  id: string;
  from: string;
  to: string;
  environments: ApiEnvironment[];
}

/** The steps that an organization's services take, in the order of their names; what nobody promotes to is none. @internal */
export function stepsOf(environments: ApiEnvironment[]): Step[] {
  const steps = new Map<string, Step>();
  for (const environment of environments) {
    const { name: to, promoteFrom: from } = environment;
    if (from === undefined) {
      continue;
    }
    const id = `${from}..${to}`;
    const step = steps.get(id) ?? { id, from, to, environments: [] };
    step.environments.push(environment);
    steps.set(id, step);
  }
  const all = [...steps.values()];
  // Along the way: what leads to where another one begins comes before it.
  return all.sort(
    (a, b) => depth(a, all) - depth(b, all) || a.id.localeCompare(b.id),
  );
}

function depth(step: Step, all: Step[], seen: string[] = []): number {
  const before = all.filter(
    ({ id, to }) => to === step.from && !seen.includes(id),
  );
  return before.length === 0
    ? 0
    : 1 +
        Math.max(
          ...before.map(each => depth(each, all, [...seen, step.id, each.id])),
        );
}
