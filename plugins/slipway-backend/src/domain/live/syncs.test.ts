import { syncsOf, untoldSyncs } from './syncs';

const entry = (id: number, more: object = {}) => ({
  id,
  revision: `c${id}`,
  deployStartedAt: `2026-01-01T00:0${id}:00Z`,
  deployedAt: `2026-01-01T00:0${id}:05Z`,
  ...more,
});

describe('the history of an Application', () => {
  it('keeps the last syncs with commit, times and who asked', () => {
    const history = [1, 2, 3, 4, 5, 6, 7].map(id =>
      entry(id, id === 7 ? { initiatedBy: { username: 'ann' } } : {}),
    );
    const syncs = syncsOf(history);
    expect(syncs.map(({ id }) => id)).toEqual([3, 4, 5, 6, 7]);
    expect(syncs.at(-1)).toEqual({
      id: 7,
      revision: 'c7',
      startedAt: '2026-01-01T00:07:00Z',
      finishedAt: '2026-01-01T00:07:05Z',
      by: 'ann',
    });
  });

  it('counts the first sync, whose id Go leaves away', () => {
    const { id: _, ...first } = entry(0);
    expect(syncsOf([first])).toMatchObject([{ id: 0, revision: 'c0' }]);
  });

  it.each([[undefined], ['none'], [{}], [[null, 3, { id: 4 }]]])(
    'makes nothing of %j',
    history => expect(syncsOf(history)).toEqual([]),
  );

  it('has told what was told of this Application, and nothing of a former one', () => {
    const application = { uid: 'a', syncs: syncsOf([entry(1), entry(2)]) };
    const start = new Date('2026-01-01T00:00:00Z');
    const ids = (told?: { uid: string; id: number }, since = start) =>
      untoldSyncs(application, told, since).map(({ id }) => id);
    expect(ids()).toEqual([1, 2]);
    expect(ids({ uid: 'a', id: 1 })).toEqual([2]);
    expect(ids({ uid: 'a', id: 2 })).toEqual([]);
    expect(ids({ uid: 'former', id: 9 })).toEqual([1, 2]);
    expect(ids(undefined, new Date('2026-01-01T00:02:00Z'))).toEqual([2]);
  });
});
