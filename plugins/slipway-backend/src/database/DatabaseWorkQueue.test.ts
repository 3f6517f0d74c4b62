import type { Knex } from 'knex';
import type { Lease } from '../ports/WorkQueue';
import { DatabaseWorkQueue } from './DatabaseWorkQueue';
import { createTestClock, TestClock } from './__testUtils__/clock';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';
import { stopAtEveryStatement } from './__testUtils__/statements';

const databases = createTestDatabases();
const settings = {
  leaseMs: 30_000,
  maxAttempts: 3,
  backoff: { baseMs: 1_000, maxMs: 60_000 },
};

describe.each(DATABASES)('DatabaseWorkQueue on %s', id => {
  let db: Knex;
  let clock: TestClock;
  let queue: DatabaseWorkQueue;

  beforeAll(async () => {
    db = await databases.migrated(id);
  });

  beforeEach(async () => {
    await db('queue_items').delete();
    clock = createTestClock();
    queue = DatabaseWorkQueue.create({
      db,
      settings,
      clock,
      random: () => 0.5,
    });
  });

  const claimOne = async (): Promise<Lease> => {
    const leases = await queue.claim(10);
    expect(leases).toHaveLength(1);
    return leases[0];
  };

  it('hands out what is due longest first, and no more than was asked for', async () => {
    for (const key of ['c', 'a', 'b']) {
      await queue.mark([key]);
      clock.advance(1);
    }
    expect((await queue.claim(2)).map(lease => lease.key).sort()).toEqual([
      'a',
      'c',
    ]);
    expect((await queue.claim(2)).map(lease => lease.key)).toEqual(['b']);
    expect(await queue.claim(2)).toEqual([]);
  });

  it('hands on the time of the database at the claim', async () => {
    await queue.mark(['a']);
    clock.advance(5);
    expect((await claimOne()).now).toEqual(new Date(clock.ms));
  });

  it('uses the clock of the database where none is given', async () => {
    const real = DatabaseWorkQueue.create({ db, settings });
    await real.mark(['now']);
    await real.mark(['later'], { delayMs: 60_000 });
    const leases = await real.claim(10);
    expect(leases.map(lease => lease.key)).toEqual(['now']);
    expect(Math.abs(leases[0].now.getTime() - Date.now())).toBeLessThan(5_000);
    const [waiting] = await real.list({ state: 'waiting', limit: 10 });
    expect(waiting.dueAt.getTime() - leases[0].now.getTime()).toBeGreaterThan(
      50_000,
    );
  });

  it('keeps one item a key however often it is marked, at the earliest time', async () => {
    await queue.mark(['a', 'a'], { delayMs: 10_000 });
    await queue.mark(['a'], { delayMs: 5_000 });
    await queue.mark(['a'], { delayMs: 20_000 });
    expect(await queue.list({ state: 'waiting', limit: 10 })).toEqual([
      expect.objectContaining({ key: 'a', dueAt: new Date(clock.ms + 5_000) }),
    ]);
  });

  it('takes thousands of keys at once', async () => {
    const keys = Array.from({ length: 2_500 }, (_, index) => `key-${index}`);
    await queue.mark(keys);
    expect(await queue.stats()).toEqual({
      due: 2_500,
      leased: 0,
      waiting: 0,
      dead: 0,
      oldestDueMs: 0,
    });
  });

  it('refuses an empty key', async () => {
    await expect(queue.mark(['a', ''])).rejects.toThrow('empty key');
    expect((await queue.stats()).due).toBe(0);
  });

  it('forgets a key that is done', async () => {
    await queue.mark(['a']);
    expect(await queue.complete(await claimOne(), { type: 'done' })).toBe(true);
    expect(await db('queue_items').select('*')).toEqual([]);
  });

  it('runs a key again that was marked while it ran', async () => {
    await queue.mark(['a']);
    const first = await claimOne();
    await queue.mark(['a']);
    expect(await queue.claim(10)).toEqual([]);
    expect(await queue.complete(first, { type: 'done' })).toBe(true);
    const second = await claimOne();
    expect(second.ticket).not.toBe(first.ticket);
    await queue.complete(second, { type: 'done' });
    expect((await queue.stats()).due).toBe(0);
  });

  it('runs a key that was marked for later while it ran when the mark says, and not before', async () => {
    await queue.mark(['a']);
    const lease = await claimOne();
    await queue.mark(['a'], { delayMs: 10_000 });
    await queue.complete(lease, { type: 'done' });
    expect(await queue.claim(10)).toEqual([]);
    clock.advance(10_000);
    expect((await claimOne()).key).toBe('a');
  });

  it('keeps a mark for later when the run beside it is lost and the key reclaimed', async () => {
    await queue.mark(['a']);
    await claimOne();
    await queue.mark(['a'], { delayMs: 120_000 });
    clock.advance(30_000);
    await queue.complete(await claimOne(), { type: 'done' });
    expect(await queue.claim(10)).toEqual([]);
    clock.advance(90_000);
    await claimOne();
  });

  it.each([
    ['a retry', { type: 'retry', error: 'down' }, 500],
    ['a requeue', { type: 'requeue', afterMs: 500 }, 500],
    ['a shutdown', undefined, 0],
  ] as const)(
    'comes back after %s in its own time, beside a mark for much later that stays',
    async (_, outcome, backMs) => {
      await queue.mark(['a']);
      const lease = await claimOne();
      await queue.mark(['a'], { delayMs: 100_000 });
      await (outcome ? queue.complete(lease, outcome) : queue.release(lease));
      clock.advance(backMs);
      await queue.complete(await claimOne(), { type: 'done' });
      expect(await queue.list({ state: 'waiting', limit: 10 })).toEqual([
        expect.objectContaining({
          key: 'a',
          dueAt: new Date(clock.ms + 100_000 - backMs),
        }),
      ]);
    },
  );

  it('comes back after a requeue, with attempts reset', async () => {
    await queue.mark(['a']);
    await queue.complete(await claimOne(), { type: 'retry', error: 'down' });
    clock.advance(60_000);
    const lease = await claimOne();
    expect(lease.attempts).toBe(1);
    await queue.complete(lease, { type: 'requeue', afterMs: 7_000 });
    expect(await queue.claim(10)).toEqual([]);
    clock.advance(7_000);
    expect((await claimOne()).attempts).toBe(0);
  });

  it('lets the earlier of a requeue and a mark count', async () => {
    await queue.mark(['a']);
    const lease = await claimOne();
    await queue.mark(['a']);
    await queue.complete(lease, { type: 'requeue', afterMs: 7_000 });
    expect((await claimOne()).key).toBe('a');
  });

  it('waits with jitter before a retry, keeps the error, and buries the key when its attempts are used up', async () => {
    await queue.mark(['a']);
    await queue.complete(await claimOne(), { type: 'retry', error: 'first' });
    expect(await queue.list({ state: 'waiting', limit: 10 })).toEqual([
      expect.objectContaining({
        attempts: 1,
        lastError: 'first',
        dueAt: new Date(clock.ms + 500),
      }),
    ]);
    clock.advance(500);
    await queue.complete(await claimOne(), { type: 'retry', error: 'second' });
    expect((await queue.list({ state: 'waiting', limit: 1 }))[0].dueAt).toEqual(
      new Date(clock.ms + 1_000),
    );
    clock.advance(1_000);
    await queue.complete(await claimOne(), { type: 'retry', error: 'third' });
    expect(await queue.list({ state: 'dead', limit: 10 })).toEqual([
      expect.objectContaining({
        key: 'a',
        attempts: 3,
        lastError: 'third',
        deadSince: new Date(clock.ms),
      }),
    ]);
    clock.advance(1e9);
    expect(await queue.claim(10)).toEqual([]);
  });

  it('does not let new work wait for the backoff of the old, but counts the error', async () => {
    await queue.mark(['a']);
    const lease = await claimOne();
    await queue.mark(['a']);
    await queue.complete(lease, { type: 'retry', error: 'down' });
    expect((await claimOne()).attempts).toBe(1);
  });

  it('runs a key at once that is marked during its backoff', async () => {
    await queue.mark(['a']);
    await queue.complete(await claimOne(), { type: 'retry', error: 'down' });
    await queue.mark(['a']);
    expect((await claimOne()).attempts).toBe(1);
  });

  it('buries a key at once after a terminal error, unless it was marked meanwhile', async () => {
    await queue.mark(['a', 'b']);
    const leases = await queue.claim(10);
    await queue.mark(['b']);
    for (const lease of leases)
      await queue.complete(lease, { type: 'terminal', error: 'no such class' });
    expect(
      (await queue.list({ state: 'dead', limit: 10 })).map(item => item.key),
    ).toEqual(['a']);
    expect((await claimOne()).key).toBe('b');
  });

  it('replays dead letters with all their attempts, each once', async () => {
    await queue.mark(['a', 'b', 'c']);
    for (const lease of await queue.claim(2))
      await queue.complete(lease, { type: 'terminal', error: 'no' });
    const dead = (await queue.list({ state: 'dead', limit: 10 })).map(
      item => item.key,
    );
    expect(await queue.replay([...dead, 'c', 'never-heard-of'])).toBe(2);
    expect(await queue.replay(dead)).toBe(0);
    expect((await queue.claim(10)).map(lease => lease.attempts)).toEqual([
      0, 0, 0,
    ]);
  });

  it('brings a dead letter back to life that is marked again', async () => {
    await queue.mark(['a']);
    await queue.complete(await claimOne(), { type: 'terminal', error: 'no' });
    await queue.mark(['a']);
    expect((await queue.stats()).dead).toBe(0);
    expect((await claimOne()).attempts).toBe(0);
  });

  it('keeps a lease for as long as it beats, and gives the key to another one when it stops', async () => {
    await queue.mark(['a']);
    const lease = await claimOne();
    clock.advance(29_999);
    expect(await queue.heartbeat(lease)).toBe(true);
    clock.advance(29_999);
    expect(await queue.claim(10)).toEqual([]);
    clock.advance(1);
    expect((await claimOne()).attempts).toBe(1);
  });

  it('refuses every write of a lease that was lost', async () => {
    await queue.mark(['a']);
    const frozen = await claimOne();
    clock.advance(30_000);
    const owner = await claimOne();
    const before = await db('queue_items').select('*');
    expect(await queue.heartbeat(frozen)).toBe(false);
    expect(await queue.release(frozen)).toBe(false);
    expect(await queue.complete(frozen, { type: 'done' })).toBe(false);
    expect(await queue.complete(frozen, { type: 'requeue', afterMs: 0 })).toBe(
      false,
    );
    expect(await queue.complete(frozen, { type: 'retry', error: 'late' })).toBe(
      false,
    );
    expect(
      await queue.complete(frozen, { type: 'terminal', error: 'late' }),
    ).toBe(false);
    expect(await db.transaction(trx => queue.holds(frozen, trx))).toBe(false);
    expect(await db('queue_items').select('*')).toEqual(before);
    expect(await db.transaction(trx => queue.holds(owner, trx))).toBe(true);
    expect(await queue.complete(owner, { type: 'done' })).toBe(true);
    expect(await queue.complete(owner, { type: 'done' })).toBe(false);
  });

  it('buries a key that takes its process down again and again', async () => {
    await queue.mark(['a']);
    for (let run = 0; run < settings.maxAttempts; run++) {
      await claimOne();
      clock.advance(30_000);
    }
    expect(await queue.claim(10)).toEqual([]);
    expect(await queue.list({ state: 'dead', limit: 10 })).toEqual([
      expect.objectContaining({
        key: 'a',
        lastError: expect.stringContaining('ended 3 times without an answer'),
      }),
    ]);
  });

  it('gives a lease back without counting an attempt, to be claimed at once', async () => {
    await queue.mark(['a']);
    expect(await queue.release(await claimOne())).toBe(true);
    expect((await claimOne()).attempts).toBe(0);
  });

  it('runs once what was given back and marked for later, before and after', async () => {
    await queue.mark(['a']);
    const lease = await claimOne();
    await queue.mark(['a'], { delayMs: 150 });
    expect(await queue.release(lease)).toBe(true);
    await queue.mark(['a'], { delayMs: 20 });
    expect(await queue.complete(await claimOne(), { type: 'done' })).toBe(true);
    clock.advance(1_000);
    expect(await queue.claim(10)).toEqual([]);
  });

  it('counts every state, and how long the oldest key has been due', async () => {
    await queue.mark(['dead', 'leased']);
    for (const lease of await queue.claim(10)) {
      if (lease.key === 'dead')
        await queue.complete(lease, { type: 'terminal', error: 'no' });
    }
    await queue.mark(['waiting'], { delayMs: 20_000 });
    await queue.mark(['due']);
    clock.advance(4_000);
    expect(await queue.stats()).toEqual({
      due: 1,
      leased: 1,
      waiting: 1,
      dead: 1,
      oldestDueMs: 4_000,
    });
    for (const state of ['due', 'leased', 'waiting', 'dead'] as const) {
      expect(
        (await queue.list({ state, limit: 10 })).map(item => item.key),
      ).toEqual([state]);
    }
    expect(await queue.list({ state: 'due', limit: 0 })).toEqual([]);
  });

  it('marks with the transaction that it is given, or not at all', async () => {
    const heard = jest.fn();
    queue.onMarked(heard);
    await expect(
      db.transaction(async trx => {
        await queue.mark(['a'], { trx });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect((await queue.stats()).due).toBe(0);
    expect(heard).not.toHaveBeenCalled();

    await db.transaction(async trx => {
      await queue.mark(['a'], { trx });
      expect(heard).not.toHaveBeenCalled();
    });
    expect((await queue.stats()).due).toBe(1);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('tells listeners of keys that are due now, until they stop listening', async () => {
    const heard = jest.fn();
    const stop = queue.onMarked(heard);
    await queue.mark(['a']);
    await queue.mark(['b'], { delayMs: 1 });
    expect(heard).toHaveBeenCalledTimes(1);
    stop();
    await queue.mark(['c']);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('gives no key to two claims at once', async () => {
    const keys = Array.from({ length: 60 }, (_, index) => `key-${index}`);
    await queue.mark(keys);
    const claims = await Promise.all(
      Array.from({ length: 20 }, () => queue.claim(5)),
    );
    const claimed = claims.flat().map(lease => lease.key);
    expect(new Set(claimed).size).toBe(claimed.length);
    // A claim may skip rows that another one has locked; nothing may be left for the next ones.
    for (;;) {
      const more = await queue.claim(10);
      if (more.length === 0) break;
      claimed.push(...more.map(lease => lease.key));
    }
    expect(claimed.sort()).toEqual(keys.sort());
  });

  it('loses no mark that races with the completion of a run', async () => {
    for (let round = 0; round < 25; round++) {
      await queue.mark(['a']);
      const lease = await claimOne();
      await Promise.all([
        queue.complete(lease, { type: 'done' }),
        queue.mark(['a']),
      ]);
      await queue.complete(await claimOne(), { type: 'done' });
      expect(await db('queue_items').select('*')).toEqual([]);
    }
  });

  it('breaks no transaction when the same keys are marked in two orders at once', async () => {
    const keys = Array.from({ length: 50 }, (_, index) => `key-${index}`);
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        queue.mark(index % 2 ? [...keys] : [...keys].reverse()),
      ),
    );
    expect((await queue.stats()).due).toBe(50);
  });

  it.each([
    ['marks', async (q: DatabaseWorkQueue) => q.mark(['a', 'b'])],
    ['claims', async (q: DatabaseWorkQueue) => q.claim(10)],
    [
      'completes as done',
      async (q: DatabaseWorkQueue, lease: Lease) =>
        q.complete(lease, { type: 'done' }),
    ],
    [
      'requeues',
      async (q: DatabaseWorkQueue, lease: Lease) =>
        q.complete(lease, { type: 'requeue', afterMs: 0 }),
    ],
    [
      'retries',
      async (q: DatabaseWorkQueue, lease: Lease) =>
        q.complete(lease, { type: 'retry', error: 'no' }),
    ],
    [
      'buries',
      async (q: DatabaseWorkQueue, lease: Lease) =>
        q.complete(lease, { type: 'terminal', error: 'no' }),
    ],
    [
      'releases',
      async (q: DatabaseWorkQueue, lease: Lease) => q.release(lease),
    ],
  ])(
    'loses no mark when the process stops at any statement while it %s',
    async (_, work) => {
      const stops = await stopAtEveryStatement({
        db,
        prepare: async () => {
          await db('queue_items').delete();
          await queue.mark(['a']);
          const lease = await claimOne();
          // New work beside the run: the very thing that must not be lost.
          await queue.mark(['a']);
          return lease;
        },
        work: lease => work(queue, lease),
        check: async () => {
          clock.advance(1e6);
          expect((await queue.claim(10)).map(lease => lease.key)).toContain(
            'a',
          );
        },
      });
      expect(stops).toBeGreaterThan(0);
    },
  );
});
