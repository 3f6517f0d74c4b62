import {
  ApiEnvironment,
  ApiStateCount,
  Condition,
  speaking,
  StationState,
} from '@slipway/plugin-slipway-common';

/** Lists count, filter and sort by it, for everybody who looks; it is worked out once. */
const known = new WeakMap<object, StationState>();

/** Where an environment stands: the state of its first station that isn't done. */
export function standingOf({
  conditions,
}: Pick<ApiEnvironment, 'conditions'>): StationState {
  let state = known.get(conditions);
  if (state === undefined) {
    state = speaking(conditions as unknown as Condition[])?.state ?? 'done';
    known.set(conditions, state);
  }
  return state;
}

/** Whether the last look found the cluster to differ from Git. */
export function isDrifted(
  environment: Pick<ApiEnvironment, 'conditions'>,
): boolean {
  return environment.conditions.some(
    ({ type, status }) => type === 'Drifted' && status === 'True',
  );
}

/** What a person looks for in a list: a state of the road or, beside it, drift. */
export type Standing = ApiStateCount['state'];

/** What needs somebody comes first. */
export const STANDINGS: readonly StationState[] = [
  'stopped',
  'waiting',
  'unknown',
  'here',
  'ahead',
  'done',
];

/** How many stand where, in the order in which they need somebody; drift last, as it counts beside the others. */
export function countStandings(
  environments: ApiEnvironment[],
): ApiStateCount[] {
  const counts = new Map<Standing, number>();
  const add = (state: Standing) =>
    counts.set(state, (counts.get(state) ?? 0) + 1);
  for (const environment of environments) {
    add(standingOf(environment));
    if (isDrifted(environment)) add('drifted');
  }
  return [...STANDINGS, 'drifted' as const].flatMap(state => {
    const count = counts.get(state);
    return count ? [{ state, count }] : [];
  });
}

/** The sum where all are of one currency; amounts of several can't be added up. */
export function sumOf(
  environments: Array<{ cents: number; currency: string }>,
): { cents: number; currency: string } | undefined {
  const [first] = environments;
  if (!first || environments.some(e => e.currency !== first.currency))
    return undefined;
  return {
    cents: environments.reduce((sum, e) => sum + e.cents, 0),
    currency: first.currency,
  };
}
