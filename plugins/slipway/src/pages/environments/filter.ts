import {
  speaking,
  type ApiEnvironment,
  type StationState,
} from '@slipway/plugin-slipway-common';
import { conditionsOf } from '../../format';

/** What a list can be narrowed to. @internal */
export interface EnvironmentFilter {
  text: string;
  organization: string;
  state: string;
}

/** The states a person looks for, as the filter names them. @internal */
export const STATE_CHOICES: ReadonlyArray<
  readonly [StationState | '', string]
> = [
  ['', 'All'],
  ['done', 'Healthy'],
  ['here', 'Working'],
  ['waiting', 'Waiting'],
  ['stopped', 'Stopped'],
  ['unknown', 'Unknown'],
];

/** What needs somebody comes first. */
const ORDER: StationState[] = [
  'stopped',
  'waiting',
  'unknown',
  'here',
  'ahead',
  'done',
];

/** Where an environment stands: the state of its first station that isn't done. @internal */
export const stateOf = (environment: ApiEnvironment): StationState =>
  speaking(conditionsOf(environment.conditions))?.state ?? 'done';

const haystack = (environment: ApiEnvironment): string =>
  [
    `${environment.organization}/${environment.service}/${environment.name}`,
    environment.class,
    environment.cluster,
    environment.region,
    environment.owner,
    ...Object.values(environment.release).map(({ revision }) => revision),
  ]
    .join(' ')
    .toLocaleLowerCase('en-US');

/** The rows that a filter leaves, those that need somebody first. @internal */
export function filterEnvironments(
  environments: ApiEnvironment[],
  filter: EnvironmentFilter,
): ApiEnvironment[] {
  const terms = filter.text
    .toLocaleLowerCase('en-US')
    .split(/\s+/)
    .filter(Boolean);
  return environments
    .map(environment => ({ environment, state: stateOf(environment) }))
    .filter(
      ({ environment, state }) =>
        (!filter.organization ||
          environment.organization === filter.organization) &&
        (!filter.state || state === filter.state) &&
        terms.every(term => haystack(environment).includes(term)),
    )
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
    .map(({ environment }) => environment);
}
