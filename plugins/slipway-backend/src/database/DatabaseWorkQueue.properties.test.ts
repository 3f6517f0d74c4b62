import fc from 'fast-check';
import type { Knex } from 'knex';
import { createTestClock } from './__testUtils__/clock';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';
import {
  BASE_MS,
  createQueueModel,
  KEYS,
  LEASE_MS,
  MAX_ATTEMPTS,
  owedKeys,
  queueCommands,
} from './__testUtils__/queueModel';
import { DatabaseWorkQueue } from './DatabaseWorkQueue';

const databases = createTestDatabases();
const settings = {
  leaseMs: LEASE_MS,
  maxAttempts: MAX_ATTEMPTS,
  backoff: { baseMs: BASE_MS, maxMs: 1_000 },
};

describe.each(DATABASES)('DatabaseWorkQueue on %s', id => {
  let db: Knex;

  beforeAll(async () => {
    db = await databases.migrated(id);
  });

  it('loses no mark, runs no key twice at once and counts attempts, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(queueCommands, async commands => {
        await db('queue_items').delete();
        const clock = createTestClock();
        const queues = [0, 1].map(() =>
          DatabaseWorkQueue.create({ db, clock, settings, random: () => 0.5 }),
        );
        const model = createQueueModel();
        await fc.asyncModelRun(
          () => ({ model, real: { queues, clock } }),
          commands,
        );

        // Once nobody is in its way any more, everything that was marked is run.
        const ran = new Set<string>();
        for (let round = 0; round < 3; round++) {
          await queues[0].replay(KEYS);
          clock.advance(10_000);
          for (const lease of await queues[1].claim(KEYS.length)) {
            ran.add(lease.key);
            await queues[1].complete(lease, { type: 'done' });
          }
        }
        expect([...ran]).toEqual(expect.arrayContaining(owedKeys(model)));
        expect(await db('queue_items').select('*')).toEqual([]);
      }),
      // On a busy machine fewer runs are better than none that end in time.
      { numRuns: 150, interruptAfterTimeLimit: 20_000 },
    );
  });

  it('runs no key twice at once when processes race for real', async () => {
    await db('queue_items').delete();
    const processes = Array.from({ length: 4 }, () =>
      DatabaseWorkQueue.create({ db }),
    );
    const names = Array.from({ length: 8 }, (_, n) => `key-${n}`);
    const running = new Set<string>();
    const ran = new Set<string>();
    let marking = true;

    const work = async (queue: DatabaseWorkQueue) => {
      for (;;) {
        const over = !marking;
        const leases = await queue.claim(2);
        if (leases.length === 0 && over) return;
        for (const { key } of leases) {
          expect(running.has(key)).toBe(false);
          running.add(key);
        }
        for (const lease of leases) {
          await new Promise(resolve => setImmediate(resolve));
          ran.add(lease.key);
          running.delete(lease.key);
          expect(await queue.complete(lease, { type: 'done' })).toBe(true);
        }
      }
    };
    const markSome = async (queue: DatabaseWorkQueue) => {
      for (let round = 0; round < 40; round++) {
        await queue.mark(names.filter((_, n) => (n + round) % 3 === 0));
      }
    };
    await Promise.all([
      ...processes.map(work),
      Promise.all(processes.slice(0, 2).map(markSome)).then(() => {
        marking = false;
      }),
    ]);
    expect([...ran].sort()).toEqual(names);
    expect(await db('queue_items').select('*')).toEqual([]);
  });
});
