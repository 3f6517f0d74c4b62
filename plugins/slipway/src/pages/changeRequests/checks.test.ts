import { changeRequestDetails, environmentPlan, plan } from '../../../dev/fake';
import { checksOf } from './checks';

const stateOf = (
  id: string,
  changes: Parameters<typeof changeRequestDetails>[0],
) => checksOf(changeRequestDetails(changes)).find(each => each.id === id);

describe('checksOf', () => {
  it('waits for as many approvals as the strictest class wants', () => {
    expect(stateOf('approval', { approvals: 0 })).toMatchObject({
      state: 'wait',
      needed: 1,
    });
    expect(stateOf('approval', { approvals: 1 })?.state).toBe('ok');
    const none = { required: false, count: 1, groups: [] };
    expect(
      stateOf('approval', {
        plan: plan({ environments: [environmentPlan({ approval: none })] }),
      }),
    ).toMatchObject({ state: 'ok', needed: 0 });
  });

  it('is blocked by a denial, and not by a warning', () => {
    const { totals } = plan();
    expect(stateOf('policy', {})?.state).toBe('warn');
    expect(
      stateOf('policy', { plan: plan({ totals: { ...totals, denials: 1 } }) })
        ?.state,
    ).toBe('bad');
  });

  it('is blocked by conflicts and by errors in the files', () => {
    expect(stateOf('conflicts', { conflicts: ['a.yaml'] })?.state).toBe('bad');
    expect(
      stateOf('valid', {
        plan: plan({
          problems: [
            {
              path: 'spec',
              segments: ['spec'],
              code: 'type',
              severity: 'error',
              message: 'spec is a list',
            },
          ],
        }),
      }),
    ).toMatchObject({ state: 'bad', errors: 1 });
  });

  it('names what does not fit the quota', () => {
    expect(stateOf('quota', {})).toMatchObject({
      state: 'warn',
      tight: ['staging requests.memory'],
    });
  });

  it('speaks of data only where some would be lost', () => {
    expect(stateOf('data', {})).toBeUndefined();
    const [database] = environmentPlan().objects;
    expect(
      stateOf('data', {
        plan: plan({
          environments: [
            environmentPlan({
              objects: [{ ...database, verb: 'delete', holdsData: true }],
            }),
          ],
        }),
      }),
    ).toMatchObject({ objects: 1 });
  });
});
