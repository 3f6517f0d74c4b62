import {
  ROAD,
  type Condition,
  type ConditionType,
} from '@slipway/plugin-slipway-common';
import { standings } from './standing';

const condition = (
  type: ConditionType,
  status: Condition['status'],
  reason: string,
): Condition => ({
  type,
  status,
  reason,
  message: 'It is so.',
  observedGeneration: 1,
  lastTransitionTime: '2026-11-21T12:00:00.000Z',
});

const conditions = (...other: Condition[]): Condition[] =>
  ROAD.map(
    station =>
      other.find(({ type }) => type === station) ??
      condition(station, 'True', station),
  );

describe('standings', () => {
  it.each<[string, Condition[], string]>([
    [
      'stands at a stop',
      conditions(condition('PolicyPassed', 'False', 'PolicyDenied')),
      'stands',
    ],
    [
      'stands where what runs is not healthy',
      conditions(condition('Healthy', 'False', 'Degraded')),
      'stands',
    ],
    ['is over when all is well', conditions(), 'over'],
    [
      'is over while all that is missing is an approval',
      conditions(condition('Approved', 'False', 'ApprovalWanted')),
      'over',
    ],
    [
      'is unsure while something starts, as a container that keeps stopping does in between',
      conditions(condition('Healthy', 'False', 'Progressing')),
      'unsure',
    ],
    [
      'is unsure while the cluster is away',
      conditions(condition('Healthy', 'Unknown', 'ClusterUnreachable')),
      'unsure',
    ],
    [
      'is unsure while a step is tried again',
      conditions(condition('Committed', 'False', 'Retrying')),
      'unsure',
    ],
    ['is unsure before anybody has looked', [], 'unsure'],
    [
      'stands where a deletion is held',
      conditions(condition('Declared', 'False', 'MassDeletionHeld')),
      'stands',
    ],
    [
      'is removed with its environment',
      conditions(condition('Declared', 'False', 'Undeclared')),
      'removed',
    ],
  ])('a failure %s', (_, given, expected) => {
    expect(standings({ conditions: given }).failed).toBe(expected);
  });

  it('ends everything when the environment is gone', () => {
    expect(standings({ conditions: undefined, drift: 'drifted' })).toEqual({
      failed: 'removed',
      drifted: 'removed',
      approval: 'removed',
    });
  });

  it.each([
    ['drifted', 'stands'],
    ['none', 'over'],
    ['unknown', 'unsure'],
    [undefined, 'unsure'],
  ] as const)('drift that is %s is taken for %s', (drift, expected) => {
    expect(standings({ conditions: conditions(), drift }).drifted).toBe(
      expected,
    );
  });

  it.each<[Condition, string]>([
    [condition('Approved', 'False', 'ApprovalWanted'), 'stands'],
    [condition('Approved', 'True', 'Approved'), 'approved'],
    [condition('Approved', 'True', 'NotRequired'), 'over'],
    [condition('Approved', 'Unknown', 'Ahead'), 'unsure'],
  ])('an approval that is %j is taken for %s', (given, expected) => {
    expect(standings({ conditions: conditions(given) }).approval).toBe(
      expected,
    );
  });
});
