import { assertTransition, mayFollow } from './lifecycle';

describe('lifecycle', () => {
  it('lets nothing come back from the dead but by being declared again', () => {
    expect(mayFollow('deleted', 'reconciling')).toBe(true);
    expect(mayFollow('deleted', 'deleting')).toBe(false);
    expect(mayFollow('deleted', 'retained')).toBe(false);
  });

  it('has one that was kept, declared again and given up at once kept again', () => {
    expect(mayFollow('retained', 'queued')).toBe(true);
    expect(mayFollow('queued', 'retained')).toBe(true);
  });

  it('names the environment and what is allowed when a transition is not', () => {
    expect(() =>
      assertTransition('shop/web/prod', 'deleted', 'deleting'),
    ).toThrow(
      "The environment 'shop/web/prod' can't go from 'deleted' to 'deleting'; from there it goes to: queued, reconciling, pending_approval",
    );
  });
});
