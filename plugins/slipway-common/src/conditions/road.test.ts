import fc from 'fast-check';
import { Condition, ConditionType, ROAD, StationState } from './conditions';
import { REASONS, ReasonKey } from './reasons';
import { road, speaking } from './road';

function condition(
  type: ConditionType,
  status: Condition['status'],
  reason: string,
): Condition {
  return {
    type,
    status,
    reason,
    message: `${type} is ${reason}.`,
    observedGeneration: 1,
    lastTransitionTime: '2026-11-21T12:00:00.000Z',
  };
}

/** All stations done, but for those that are named. */
function conditions(
  other: Partial<Record<ConditionType, Condition | undefined>> = {},
): Condition[] {
  return ROAD.flatMap(station => {
    const found =
      station in other ? other[station] : condition(station, 'True', station);
    return found ? [found] : [];
  });
}

const states = (given: Condition[]): StationState[] =>
  road(given).map(({ state }) => state);

describe('road', () => {
  it('is ahead everywhere when nothing is known', () => {
    expect(states([])).toEqual(ROAD.map(() => 'ahead'));
  });

  it('is done everywhere when every condition holds', () => {
    expect(states(conditions())).toEqual(ROAD.map(() => 'done'));
  });

  it.each<[string, Condition, StationState]>([
    [
      'an approval that is wanted',
      condition('Approved', 'False', 'ApprovalWanted'),
      'waiting',
    ],
    ['a denial', condition('PolicyPassed', 'False', 'PolicyDenied'), 'stopped'],
    [
      'a commit on its way',
      condition('Committed', 'False', 'Committing'),
      'here',
    ],
    [
      'a cluster that is away',
      condition('Provisioned', 'Unknown', 'ClusterUnreachable'),
      'unknown',
    ],
    [
      'a station that nobody came to yet',
      condition('Synced', 'Unknown', 'Ahead'),
      'ahead',
    ],
    [
      'a reason that a newer backend sets',
      condition('Rendered', 'False', 'NotWrittenYet'),
      'here',
    ],
    [
      'a reason that means done, on a condition that does not hold',
      condition('Rendered', 'False', 'Rendered'),
      'here',
    ],
  ])('shows %s', (_, given, state) => {
    const shown = road(conditions({ [given.type]: given }));
    expect(shown.find(({ station }) => station === given.type)?.state).toBe(
      state,
    );
  });

  it('shows what is not done behind a stop as ahead', () => {
    const shown = states(
      conditions({
        PolicyPassed: condition('PolicyPassed', 'False', 'PolicyDenied'),
        Committed: condition('Committed', 'False', 'Committing'),
        Healthy: condition('Healthy', 'False', 'Degraded'),
      }),
    );
    expect(shown).toEqual([
      'done',
      'done',
      'stopped',
      'done',
      'done',
      'ahead',
      'done',
      'done',
      'ahead',
    ]);
  });

  it('keeps saying behind a stop that a source can not be asked', () => {
    const shown = road(
      conditions({
        PolicyPassed: condition('PolicyPassed', 'False', 'PolicyDenied'),
        Healthy: condition('Healthy', 'Unknown', 'ClusterUnreachable'),
      }),
    );
    expect(shown[ROAD.indexOf('Healthy')].state).toBe('unknown');
  });

  it('leaves drift beside the road', () => {
    const drifted = condition('Drifted', 'True', 'Drifted');
    expect(road([...conditions(), drifted])).toEqual(road(conditions()));
  });
});

describe('speaking', () => {
  it('says nothing when everything is done', () => {
    expect(speaking(conditions())).toBeUndefined();
  });

  it('says title, message, next step and who acts', () => {
    const wanted = condition('Approved', 'False', 'ApprovalWanted');
    expect(speaking(conditions({ Approved: wanted }))).toEqual({
      station: 'Approved',
      state: 'waiting',
      condition: wanted,
      why: REASONS.ApprovalWanted.why,
      action: 'approve',
      title: REASONS.ApprovalWanted.title,
      message: wanted.message,
      next: REASONS.ApprovalWanted.next,
      who: 'approver',
    });
  });

  it('names the station when there is no condition or no row for it', () => {
    expect(speaking([])).toMatchObject({
      station: 'Declared',
      title: 'Declared',
      message: '',
      who: 'nobody',
    });
    const unknown = condition('Rendered', 'False', 'NotWrittenYet');
    expect(speaking(conditions({ Rendered: unknown }))).toMatchObject({
      title: 'Rendered',
      message: unknown.message,
    });
  });
});

describe('any set of conditions', () => {
  const anyCondition = (type: ConditionType) =>
    fc
      .record({
        status: fc.constantFrom<Condition['status'][]>(
          'True',
          'False',
          'Unknown',
        ),
        reason: fc.oneof(
          fc.constantFrom(...(Object.keys(REASONS) as ReasonKey[])),
          fc.string(),
        ),
      })
      .map(({ status, reason }) => condition(type, status, reason));
  const anyConditions = fc
    .tuple(
      ...[...ROAD, 'Drifted' as const].map(type =>
        fc.option(anyCondition(type), { nil: undefined }),
      ),
    )
    .map(all => all.filter(found => found !== undefined));

  it('is shown as all stations in their order', () => {
    fc.assert(
      fc.property(anyConditions, given => {
        expect(road(given).map(({ station }) => station)).toEqual([...ROAD]);
      }),
    );
  });

  it('has one station that speaks, the first that is not done, unless all are', () => {
    fc.assert(
      fc.property(anyConditions, given => {
        const shown = road(given);
        const first = shown.find(({ state }) => state !== 'done');
        expect(speaking(given)?.station).toBe(first?.station);
        expect(speaking(given) === undefined).toBe(
          shown.every(({ state }) => state === 'done'),
        );
      }),
    );
  });

  it('never has a second station that asks for attention', () => {
    fc.assert(
      fc.property(anyConditions, given => {
        const shown = road(given);
        const first = shown.findIndex(({ state }) => state !== 'done');
        const behind = first < 0 ? [] : shown.slice(first + 1);
        for (const { state } of behind)
          expect(['done', 'ahead', 'unknown']).toContain(state);
      }),
    );
  });

  it('looks the same in whatever order the conditions come', () => {
    fc.assert(
      fc.property(
        anyConditions.chain(given =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray(given, { minLength: given.length }),
          ),
        ),
        ([given, shuffled]) => {
          expect(road(shuffled)).toEqual(road(given));
          expect(speaking(shuffled)).toEqual(speaking(given));
        },
      ),
    );
  });
});
