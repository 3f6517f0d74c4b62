import {
  speaking,
  type ApiEnvironment,
  type ApiStateCount,
  type StationState,
} from '@slipway/plugin-slipway-common';
import { conditionsOf } from './conditions';

/** What a person looks for in a list: a state of the road or, beside it, drift. @internal */
export type Standing = ApiStateCount['state'];

/** What needs somebody comes first; drift counts beside the others. @internal */
export const STANDINGS: readonly Standing[] = [
  'stopped',
  'waiting',
  'unknown',
  'here',
  'ahead',
  'done',
  'drifted',
];

/** Where an environment stands: the state of its first station that isn't done. @internal */
export const standingOf = (
  environment: Pick<ApiEnvironment, 'conditions'>,
): StationState =>
  speaking(conditionsOf(environment.conditions))?.state ?? 'done';

/** Whether the last look found the cluster to differ from Git. @internal */
export const isDrifted = (
  environment: Pick<ApiEnvironment, 'conditions'>,
): boolean =>
  environment.conditions.some(
    ({ type, status }) => type === 'Drifted' && status === 'True',
  );
