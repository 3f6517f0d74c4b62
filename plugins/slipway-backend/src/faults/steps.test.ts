import { KILLED_AT, NOT_KILLED_AT, stepsInSource } from './__testUtils__/steps';

describe('the lists of steps at which a backend is killed', () => {
  it('name every step of every reconciler, and no other', () => {
    const named = [
      ...KILLED_AT.cluster,
      ...KILLED_AT.gitea,
      ...Object.keys(NOT_KILLED_AT),
    ];
    expect([...new Set(named)].sort()).toEqual(stepsInSource());
  });

  it('leave out nothing that is killed all the same', () => {
    const killed = [...KILLED_AT.cluster, ...KILLED_AT.gitea];
    expect(
      Object.keys(NOT_KILLED_AT).filter(name => killed.includes(name)),
    ).toEqual([]);
  });
});
