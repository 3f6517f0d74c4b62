import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestClock, TestClock } from '../../database/__testUtils__/clock';
import {
  createTestDatabases,
  DATABASES,
} from '../../database/__testUtils__/databases';
import { DatabaseWorkQueue } from '../../database/DatabaseWorkQueue';
import type { Outcome, WorkQueue } from '../../ports/WorkQueue';
import { InterruptibleQueue } from './__testUtils__/InterruptibleQueue';
import { runUntilIdle } from './__testUtils__/runUntilIdle';
import { EngineSettings, ReconcileEngine } from './ReconcileEngine';
import type { ReconcileContext } from './Reconciler';
import { TerminalError } from './TerminalError';

const databases = createTestDatabases();
const logger = mockServices.logger.mock();
logger.child.mockReturnValue(logger);

/** A promise that is answered from outside. */
function gate() {
  let open!: () => void;
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, opened };
}

async function until(
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries > 6_000) throw new Error(`Waited in vain for ${condition}`);
    await sleep(5);
  }
}

describe.each(DATABASES)('ReconcileEngine on %s', id => {
  let db: Knex;
  let clock: TestClock;
  let queue: DatabaseWorkQueue;
  const engines: ReconcileEngine[] = [];

  beforeAll(async () => {
    db = await databases.migrated(id);
  });

  beforeEach(async () => {
    jest.clearAllMocks();
    logger.child.mockReturnValue(logger);
    await db('queue_items').delete();
    clock = createTestClock();
    queue = DatabaseWorkQueue.create({
      db,
      clock,
      random: () => 0.5,
      settings: {
        leaseMs: 30_000,
        maxAttempts: 3,
        backoff: { baseMs: 1_000, maxMs: 10_000 },
      },
    });
  });

  afterEach(async () => {
    await Promise.all(engines.splice(0).map(engine => engine.stop()));
  });

  const engineOf = (
    reconcile: (context: ReconcileContext) => Promise<Outcome>,
    settings: Partial<EngineSettings> = {},
    from: WorkQueue = queue,
  ) => {
    const engine = ReconcileEngine.create({
      queue: from,
      reconcilers: [{ prefix: 'thing', reconcile }],
      logger,
      // A poll that no test waits for: what is marked here is run at once.
      settings: { pollMs: 3_600_000, drainMs: 50, ...settings },
    });
    engines.push(engine);
    return engine;
  };

  const done: Outcome = { type: 'done' };

  it('runs a key at once when it is marked, with the time of the database', async () => {
    const seen: ReconcileContext[] = [];
    const engine = engineOf(async context => {
      seen.push(context);
      return done;
    });
    engine.start();
    // It has found nothing, and would look again in an hour.
    await sleep(20);
    await queue.mark(['thing:a']);
    await until(() => seen.length === 1);
    expect(seen[0]).toMatchObject({
      key: 'thing:a',
      now: new Date(clock.ms),
      lease: { key: 'thing:a' },
    });
    await until(async () => (await queue.stats()).leased === 0);
    expect(await db('queue_items').select('*')).toEqual([]);
  });

  it('lets others work while runs wait for a step that they share, and no more than the workers afterwards', async () => {
    const shared = gate();
    const waiting = new Set<string>();
    let active = 0;
    let most = 0;
    let over = 0;
    const engine = engineOf(
      async context => {
        most = Math.max(most, ++active);
        await context.step(
          'shared',
          async () => {
            active--;
            waiting.add(context.key);
            await shared.opened;
          },
          { parked: true },
        );
        most = Math.max(most, ++active);
        await sleep(5);
        active--;
        over++;
        return done;
      },
      { workers: 2, buffer: 0 },
    );
    engine.start();
    const keys = Array.from({ length: 9 }, (_, n) => `thing:${n}`);
    await queue.mark(keys);
    await until(() => waiting.size === keys.length);
    shared.open();
    await until(() => over === keys.length);
    expect(most).toBeLessThanOrEqual(2);
    await until(async () => (await queue.stats()).leased === 0);
  });

  it('parks no more runs than it may, and lets them end when it stops', async () => {
    const shared = gate();
    const waiting = new Set<string>();
    const engine = engineOf(
      async context => {
        await context.step(
          'shared',
          async () => {
            waiting.add(context.key);
            await shared.opened;
          },
          { parked: true },
        );
        return done;
      },
      { workers: 1, buffer: 0, parked: 2, drainMs: 5_000 },
    );
    engine.start();
    await queue.mark(['thing:a', 'thing:b', 'thing:c', 'thing:d']);
    await until(() => waiting.size === 3);
    await sleep(50);
    expect(waiting.size).toBe(3);
    const stopped = engine.stop();
    shared.open();
    await stopped;
    expect(engine.runningKeys()).toEqual([]);
    expect((await queue.stats()).leased).toBe(0);
  });

  it('finds what others mark when it polls', async () => {
    const seen: string[] = [];
    const engine = engineOf(
      async ({ key }) => {
        seen.push(key);
        return done;
      },
      { pollMs: 10 },
    );
    engine.start();
    await DatabaseWorkQueue.create({ db, clock }).mark(['thing:a']);
    await until(() => seen.length === 1);
    expect(seen).toEqual(['thing:a']);
  });

  it('writes how each run ended, without credentials', async () => {
    const engine = engineOf(async ({ key }) => {
      switch (key) {
        case 'thing:requeue':
          return { type: 'requeue', afterMs: 5_000 };
        case 'thing:retry':
          return {
            type: 'retry',
            error: 'https://ann:s3cret@git.example.com is down',
          };
        case 'thing:throw':
          throw new Error('clone of https://ann:s3cret@git.example.com failed');
        case 'thing:terminal':
          throw new TerminalError(
            'There is no class gold; the classes are bronze and silver.',
          );
        default:
          return done;
      }
    });
    await queue.mark(
      ['done', 'requeue', 'retry', 'throw', 'terminal'].map(
        name => `thing:${name}`,
      ),
    );
    await queue.mark(['stranger:a']);
    await runUntilIdle(engine, queue);

    const waiting = await queue.list({ state: 'waiting', limit: 10 });
    expect(
      waiting.map(item => [item.key, item.attempts, item.lastError]).sort(),
    ).toEqual([
      [
        'stranger:a',
        1,
        'Nothing here reconciles stranger:a; a newer version of Slipway may.',
      ],
      ['thing:requeue', 0, undefined],
      ['thing:retry', 1, 'https://***@git.example.com is down'],
      ['thing:throw', 1, 'clone of https://***@git.example.com failed'],
    ]);
    expect(await queue.list({ state: 'dead', limit: 10 })).toEqual([
      expect.objectContaining({
        key: 'thing:terminal',
        lastError: 'There is no class gold; the classes are bronze and silver.',
      }),
    ]);
    const logged = JSON.stringify([
      ...logger.warn.mock.calls,
      ...logger.error.mock.calls,
    ]);
    expect(logged).toContain('git.example.com');
    expect(logged).not.toContain('s3cret');
  });

  it('runs as many keys at once as it has workers, each key once at a time', async () => {
    const running = new Set<string>();
    const counts: number[] = [];
    let marked = 0;
    const engine = engineOf(
      async ({ key }) => {
        expect(running.has(key)).toBe(false);
        running.add(key);
        counts.push(running.size);
        if (marked++ < 20) await queue.mark([key]);
        await sleep(2);
        running.delete(key);
        return done;
      },
      { workers: 3, buffer: 2 },
    );
    await queue.mark(Array.from({ length: 12 }, (_, n) => `thing:${n}`));
    await runUntilIdle(engine, queue);
    expect(Math.max(...counts)).toBe(3);
    expect(counts).toHaveLength(32);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('claims ahead no more than its buffer', async () => {
    const { open, opened } = gate();
    const engine = engineOf(() => opened.then(() => done), {
      workers: 2,
      buffer: 3,
    });
    await queue.mark(Array.from({ length: 10 }, (_, n) => `thing:${n}`));
    engine.start();
    await until(async () => (await queue.stats()).leased === 5);
    await sleep(30);
    expect(await queue.stats()).toMatchObject({ leased: 5, due: 5 });
    open();
    await runUntilIdle(engine, queue);
  });

  it('fences an engine that was frozen while another one runs its key', async () => {
    const effects: string[] = [];
    const reconcileAs =
      (name: string, between: Promise<void>) =>
      async ({ step }: ReconcileContext) => {
        await step('first', async () => effects.push(`${name} first`));
        await between;
        await step('second', async () => effects.push(`${name} second`));
        return done;
      };
    const { open, opened } = gate();
    const frozenView = new InterruptibleQueue(queue);
    const frozen = engineOf(reconcileAs('frozen', opened), {}, frozenView);
    await queue.mark(['thing:a']);
    frozen.start();
    await until(() => effects.length === 1);
    frozenView.freeze();

    clock.advance(30_000);
    const other = engineOf(reconcileAs('other', Promise.resolve()));
    await runUntilIdle(other, queue);
    // It wakes up when the key is free again, and when it is somebody else's.
    await queue.mark(['thing:a']);
    await until(() => effects.length === 5);

    frozenView.thaw();
    open();
    await until(() => frozen.runningKeys().length === 0);
    expect(effects).toEqual([
      'frozen first',
      'other first',
      'other second',
      'other first',
      'other second',
    ]);
    expect(logger.warn).toHaveBeenCalledWith(
      'The lease of thing:a was lost; its holder goes on from what is recorded. Nothing more is written by this run.',
    );
    expect(await db('queue_items').select('*')).toEqual([]);
  });

  it('does not ask for the lease before a step that fences itself, and does nothing of it when the lease was lost', async () => {
    const heartbeat = jest.spyOn(queue, 'heartbeat');
    const results: string[] = [];
    const { open, opened } = gate();
    const engine = engineOf(async context => {
      const write = () =>
        context.step('write', () => db.transaction(trx => context.fence(trx)), {
          fenced: true,
        });
      await write();
      results.push('written');
      await opened;
      await write().catch(error => results.push(error.name));
      return done;
    });
    await queue.mark(['thing:a']);
    engine.start();
    await until(() => results.length === 1);
    expect(heartbeat).not.toHaveBeenCalled();
    clock.advance(30_000);
    await queue.claim(1);
    open();
    await until(() => results.length === 2);
    expect(results).toEqual(['written', 'LeaseLostError']);
  });

  it('asks for the lease once for a step and its parts, and begins no part when it has ended by the clock of this process', async () => {
    const heartbeat = jest.spyOn(queue, 'heartbeat');
    const results: string[] = [];
    const part = { part: true };
    const engine = engineOf(async ({ step }) => {
      await step('first', async () => void results.push('first'));
      await step('second', async () => void results.push('second'), part);
      const later = performance.now() + 30_000;
      const frozen = jest.spyOn(performance, 'now').mockReturnValue(later);
      await step('third', async () => void results.push('third'), part).catch(
        error => results.push(error.name),
      );
      frozen.mockRestore();
      return done;
    });
    await queue.mark(['thing:a']);
    engine.start();
    await until(() => results.length === 3);
    expect(results).toEqual(['first', 'second', 'LeaseLostError']);
    expect(heartbeat).toHaveBeenCalledTimes(1);
  });

  it('refuses the end of a run whose lease was lost after its last step', async () => {
    const { open, opened } = gate();
    const frozenView = new InterruptibleQueue(queue);
    const frozen = engineOf(
      () => opened.then(() => ({ type: 'terminal', error: 'late' })),
      {},
      frozenView,
    );
    await queue.mark(['thing:a']);
    frozen.start();
    await until(() => frozen.runningKeys().length === 1);
    frozenView.freeze();
    clock.advance(30_000);
    const [owner] = await queue.claim(1);
    frozenView.thaw();
    open();
    await until(() => frozen.runningKeys().length === 0);
    expect((await queue.stats()).dead).toBe(0);
    expect(await queue.complete(owner, done)).toBe(true);
  });

  it('fences writes in a transaction', async () => {
    const results: unknown[] = [];
    const { open, opened } = gate();
    const engine = engineOf(async context => {
      await db.transaction(trx => context.fence(trx));
      results.push('held');
      await opened;
      await db
        .transaction(trx => context.fence(trx))
        .catch(error => results.push(error.name));
      return done;
    });
    await queue.mark(['thing:a']);
    engine.start();
    await until(() => results.length === 1);
    clock.advance(30_000);
    const [owner] = await queue.claim(1);
    open();
    await until(() => results.length === 2);
    expect(results).toEqual(['held', 'LeaseLostError']);
    expect(await queue.heartbeat(owner)).toBe(true);
  });

  it('beats for a key for as long as it runs', async () => {
    const { open, opened } = gate();
    const beats = jest.spyOn(queue, 'heartbeat');
    const engine = engineOf(() => opened.then(() => done), { leaseMs: 60 });
    await queue.mark(['thing:a']);
    engine.start();
    for (let beat = 1; beat <= 3; beat++) {
      const before = beats.mock.calls.length;
      await until(() => beats.mock.calls.length > before + 1);
      // Less than a lease after each beat, more than one in all.
      clock.advance(29_000);
      expect(await queue.claim(1)).toEqual([]);
    }
    open();
    await until(() => engine.runningKeys().length === 0);
    const after = beats.mock.calls.length;
    await sleep(60);
    expect(beats.mock.calls.length).toBe(after);
  });

  it('tells a run by its signal that the lease is lost', async () => {
    const { open, opened } = gate();
    let reason: Error | undefined;
    const engine = engineOf(
      async ({ signal }) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
        });
        await opened;
        return done;
      },
      { leaseMs: 60 },
    );
    await queue.mark(['thing:a']);
    engine.start();
    await until(() => engine.runningKeys().length === 1);
    await db('queue_items').update({ lease_token: 'somebody else' });
    await until(() => reason !== undefined);
    expect(reason).toMatchObject({ name: 'LeaseLostError' });
    open();
  });

  it('gives a run up by its own clock when nobody can say whose the lease is', async () => {
    const { open, opened } = gate();
    let signal!: AbortSignal;
    const engine = engineOf(
      async context => {
        signal = context.signal;
        await opened;
        return done;
      },
      { leaseMs: 60 },
    );
    await queue.mark(['thing:a']);
    jest
      .spyOn(queue, 'heartbeat')
      .mockRejectedValue(new Error('connection refused'));
    engine.start();
    await until(() => engine.runningKeys().length === 1);
    expect(signal.aborted).toBe(false);
    await until(() => signal.aborted);
    expect(signal.reason.name).toBe('LeaseLostError');
    open();
  });

  it('tells a run that was frozen by its own clock, before anybody could answer it', async () => {
    const effects: string[] = [];
    const engine = engineOf(
      async context => {
        await context.step('many', async () => {
          context.assertHeld();
          effects.push('first');
          // Nothing else of this process runs, as while it is stopped.
          const thaw = performance.now() + 80;
          while (performance.now() < thaw);
          context.assertHeld();
          effects.push('second');
        });
        return done;
      },
      { leaseMs: 60 },
    );
    await queue.mark(['thing:a']);
    engine.start();
    await until(() => effects.length > 0 && engine.runningKeys().length === 0);
    expect(effects).toEqual(['first']);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('The lease of thing:a was lost'),
    );
  });

  it('takes no new keys when it stops, gives back those that wait, and lets runs end', async () => {
    const { open, opened } = gate();
    const ran: string[] = [];
    const engine = engineOf(
      async ({ key }) => {
        await opened;
        ran.push(key);
        return done;
      },
      { workers: 1, buffer: 2, drainMs: 5_000 },
    );
    await queue.mark(['thing:a', 'thing:b', 'thing:c', 'thing:d']);
    engine.start();
    await until(async () => (await queue.stats()).leased === 3);
    const stopped = engine.stop();
    await until(async () => (await queue.stats()).leased === 1);
    open();
    await stopped;
    expect(ran).toHaveLength(1);
    expect(await queue.stats()).toMatchObject({ due: 3, leased: 0 });
    const [next] = await queue.claim(1);
    expect(next.attempts).toBe(0);
    engine.start();
    await sleep(20);
    expect(ran).toHaveLength(1);
  });

  it('tells a run to end that takes too long, and gives its key back without counting an attempt', async () => {
    const engine = engineOf(async ({ signal, step }) => {
      await step(
        'wait',
        () =>
          new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(signal.reason)),
          ),
      );
      return done;
    });
    await queue.mark(['thing:a']);
    engine.start();
    await until(() => engine.runningKeys().length === 1);
    await engine.stop();
    expect(await queue.claim(1)).toEqual([
      expect.objectContaining({ attempts: 0 }),
    ]);
  });

  it('keeps the lease of a run that does not end, so that nobody runs its key beside it', async () => {
    const { open, opened } = gate();
    const engine = engineOf(() => opened.then(() => done));
    await queue.mark(['thing:a']);
    engine.start();
    await until(() => engine.runningKeys().length === 1);
    await engine.stop();
    expect(await queue.claim(1)).toEqual([]);
    expect(logger.warn).toHaveBeenCalledWith(
      'The run of thing:a did not end in time; its lease ends by itself.',
    );
    open();
    await until(() => engine.runningKeys().length === 0);
  });

  it('goes on when the queue can be read again', async () => {
    const claim = jest
      .spyOn(queue, 'claim')
      .mockRejectedValueOnce(
        new Error('connect to postgresql://ann:s3cret@db failed'),
      )
      .mockRejectedValueOnce(new Error('connection refused'));
    const ran: string[] = [];
    const engine = engineOf(
      async ({ key }) => {
        ran.push(key);
        return done;
      },
      { pollMs: 5 },
    );
    await queue.mark(['thing:a']);
    engine.start();
    await until(() => ran.length === 1);
    expect(claim.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(logger.error).toHaveBeenCalledWith(
      "The queue can't be read (1 times in a row), nothing is reconciled meanwhile: " +
        'connect to postgresql://***@db failed',
    );
  });

  it('lets the lease end by itself when the end of a run can not be written', async () => {
    jest
      .spyOn(queue, 'complete')
      .mockRejectedValueOnce(new Error('connection reset'));
    let runs = 0;
    const engine = engineOf(
      async () => {
        runs++;
        return done;
      },
      { pollMs: 5 },
    );
    await queue.mark(['thing:a']);
    engine.start();
    await until(() => runs === 1);
    clock.advance(30_000);
    await until(() => runs === 2);
    await runUntilIdle(engine, queue);
    expect(await db('queue_items').select('*')).toEqual([]);
  });

  it('refuses two reconcilers of one prefix', () => {
    const reconciler = { prefix: 'thing', reconcile: async () => done };
    const create = (...reconcilers: Array<typeof reconciler>) =>
      ReconcileEngine.create({ queue, reconcilers, logger });
    expect(() => create(reconciler, reconciler)).toThrow(
      'has the prefix "thing"',
    );
    expect(() => create({ ...reconciler, prefix: 'a:b' })).toThrow(
      'has the prefix "a:b"',
    );
  });
});
