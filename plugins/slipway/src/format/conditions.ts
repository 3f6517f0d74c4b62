import {
  ROAD,
  type ApiCondition,
  type Condition,
} from '@slipway/plugin-slipway-common';

const KNOWN: ReadonlySet<string> = new Set([...ROAD, 'Drifted']);

const isKnown = (condition: ApiCondition): condition is Condition =>
  KNOWN.has(condition.type);

/** The conditions that this version knows; a newer backend may send more. @internal */
export const conditionsOf = (conditions: ApiCondition[]): Condition[] =>
  conditions.filter(isKnown);
