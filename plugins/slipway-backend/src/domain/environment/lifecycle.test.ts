import { assertTransition, mayFollow } from './lifecycle';

describe('lifecycle', () => {
  it('lets nothing come back from the dead but by being declared again', () => {
    expect(mayFollow('deleted', 'reconciling')).toBe(true);
    expect(mayFollow('deleted', 'deleting')).toBe(false);
    expect(mayFollow('deleted', 'retained')).toBe(false);
  });

  it('names the environment and what is allowed when a transition is not', () => {
    expect(() =>
      assertTransition('shop/web/prod', 'ready', 'retained'),
    ).toThrow(
      "The environment 'shop/web/prod' can't go from 'ready' to 'retained'; from there it goes to: reconciling, pending_approval",
    );
  });
});
