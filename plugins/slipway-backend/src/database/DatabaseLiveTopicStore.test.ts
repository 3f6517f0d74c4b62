import type { Knex } from 'knex';
import { createTestClock, TestClock } from './__testUtils__/clock';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';
import { DatabaseLiveTopicStore } from './DatabaseLiveTopicStore';

const databases = createTestDatabases();

describe.each(DATABASES)('DatabaseLiveTopicStore on %s', id => {
  let db: Knex;
  let clock: TestClock;
  /** Two processes on one database. */
  let a: DatabaseLiveTopicStore;
  let b: DatabaseLiveTopicStore;
  const never = () => false;

  beforeEach(async () => {
    db = await databases.migrated(id);
    clock = createTestClock();
    a = DatabaseLiveTopicStore.create({ db, clock });
    b = DatabaseLiveTopicStore.create({ db, clock });
    await a.secret();
  });

  const see = (
    store: DatabaseLiveTopicStore,
    state: string,
    staleSince: (subject: string, ms: number) => boolean = never,
  ) =>
    store.tell({
      subjects: [],
      seen: [{ subject: 'environment:s/w/p', state }],
      staleSince,
    });

  it('gives all processes the same secret, also when they start together', async () => {
    const fresh = await databases.migrated(id);
    const secrets = await Promise.all(
      [1, 2, 3, 4].map(() =>
        DatabaseLiveTopicStore.create({ db: fresh }).secret(),
      ),
    );
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0].length).toBeGreaterThan(30);
    expect(await a.secret()).not.toBe(secrets[0]);
  });

  it('lets one of many that see the same change at once tell it', async () => {
    const told = await Promise.all(
      Array.from({ length: 8 }, (_, i) => see(i % 2 ? a : b, 'one')),
    );
    expect(told.filter(({ sequence }) => sequence !== undefined)).toHaveLength(
      1,
    );
  });

  it('tells every further change, and numbers without a gap', async () => {
    expect(await see(a, 'one')).toEqual({
      subjects: ['environment:s/w/p'],
      sequence: 1,
    });
    expect(await see(b, 'one')).toEqual({ subjects: [] });
    expect((await see(b, 'two')).sequence).toBe(2);
    expect((await see(a, 'one')).sequence).toBe(3);
  });

  it('never gives a number twice', async () => {
    const told = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        (i % 2 ? a : b).tell({
          subjects: ['fleet'],
          seen: [],
          staleSince: never,
        }),
      ),
    );
    expect(told.map(({ sequence }) => sequence!).sort((x, y) => x - y)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });

  it('tells again what somebody was shown an older state of, and asks how long it has been told', async () => {
    await see(a, 'one');
    clock.advance(300);
    const asked: Array<[string, number]> = [];
    const told = await see(b, 'one', (subject, ms) => {
      asked.push([subject, ms]);
      return true;
    });
    expect(told.sequence).toBe(2);
    expect(asked).toEqual([['environment:s/w/p', 300]]);
  });

  it('takes a thousand states at once', async () => {
    const seen = Array.from({ length: 1_200 }, (_, i) => ({
      subject: `environment:s/w/${i}`,
      state: 'one',
    }));
    const all = { subjects: ['fleet'], seen, staleSince: never };
    expect((await a.tell(all)).subjects).toHaveLength(1_201);
    expect((await b.tell(all)).subjects).toEqual(['fleet']);
  });

  it('gives the turn for a heartbeat to one, and only after silence', async () => {
    expect(await a.beat(10_000)).toBeUndefined();
    clock.advance(10_000);
    const turns = await Promise.all([a.beat(10_000), b.beat(10_000)]);
    expect(turns.filter(turn => turn !== undefined)).toEqual([0]);
    await see(a, 'one');
    clock.advance(9_000);
    expect(await b.beat(10_000)).toBeUndefined();
    clock.advance(1_000);
    expect(await b.beat(10_000)).toBe(1);
  });

  it('forgets states that rest, and tells them when they move', async () => {
    await see(a, 'one');
    clock.advance(1_000);
    expect(await a.prune(2_000)).toBe(0);
    clock.advance(2_000);
    expect(await a.prune(2_000)).toBe(1);
    expect((await see(b, 'one')).sequence).toBe(2);
  });
});
