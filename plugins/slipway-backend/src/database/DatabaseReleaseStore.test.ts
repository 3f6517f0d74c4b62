import fc from 'fast-check';
import type { Knex } from 'knex';
import { releaseId } from '../domain/releases/release';
import { createTestClock, TestClock } from './__testUtils__/clock';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';
import { createStores, Stores } from './createStores';

const databases = createTestDatabases();
jest.setTimeout(120_000);

const BY = {
  actor: 'user:default/ann',
  gitAuthor: { name: 'Ann', email: 'ann@example.com' },
};
const ENVIRONMENT = 'shop/pay/staging';
const sha = (nth: number) => nth.toString(16).padStart(40, '0');

describe.each(DATABASES)('releases on %s', id => {
  let db: Knex;
  let clock: TestClock;
  let stores: Stores;

  beforeAll(async () => {
    db = await databases.migrated(id);
  });
  beforeEach(async () => {
    for (const table of [
      'releases',
      'wanted_revisions',
      'asked_moves',
      'environments',
      'queue_items',
      'timeline',
      'spec_dispatches',
      'seen_signatures',
    ])
      await db(table).delete();
    clock = createTestClock();
    stores = createStores({ db, clock });
  });

  const told = (
    nth: number,
    more: { createdAt?: Date; digest?: string; force?: boolean } = {},
    on = stores,
  ) => {
    const workloads = [
      {
        name: 'web',
        revision: sha(nth),
        ...(more.digest && { digest: more.digest }),
      },
    ];
    return on.releases.ask(
      {
        organization: 'shop',
        service: 'pay',
        id: releaseId('shop', 'pay', workloads),
        workloads,
        ...BY,
        ...(more.createdAt && { createdAt: more.createdAt }),
      },
      [{ environment: ENVIRONMENT, workload: workloads[0] }],
      { origin: more.force ? 'rollback' : 'revision', force: more.force },
    );
  };
  const stands = async () =>
    (await stores.releases.wanted({ environment: ENVIRONMENT }))[0];
  const made = (nth: number) => new Date(clock.ms - 1_000_000 + nth * 1000);

  it('marks the environment with the wish, or does neither', async () => {
    await told(1);
    expect(
      (await stores.queue.list({ state: 'due', limit: 10 })).map(
        ({ key }) => key,
      ),
    ).toEqual([`environment:${ENVIRONMENT}`]);
    const broken = createStores({ db, clock });
    broken.queue.mark = async () => {
      throw new Error('The database went away');
    };
    jest.spyOn(stores.queue, 'mark').mockRejectedValueOnce(new Error('gone'));
    await expect(told(2)).rejects.toThrow('gone');
    expect((await stands()).revision).toBe(sha(1));
    expect(await stores.releases.list('shop', 'pay')).toHaveLength(1);
  });

  it('ends with the newest commit, in whatever order and however often they are told of', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1 })
          .chain(all =>
            fc
              .shuffledSubarray([...all, ...all], {
                minLength: all.length,
              })
              .map(order => ({ order })),
          ),
        async ({ order }) => {
          await db('releases').delete();
          await db('wanted_revisions').delete();
          for (const nth of order) {
            clock.advance(1);
            await told(nth, {
              createdAt: new Date(Date.UTC(2025, 0, 1, 0, nth)),
            });
          }
          expect((await stands()).revision).toBe(sha(Math.max(...order)));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('ends with the newest commit when all are told of at once', async () => {
    await Promise.all(
      [3, 1, 5, 2, 4, 5, 1].map(nth => told(nth, { createdAt: made(nth) })),
    );
    expect((await stands()).revision).toBe(sha(5));
  });

  it('gives a revision that nobody dates the place at which it was told of first', async () => {
    await told(1);
    clock.advance(1000);
    await told(2);
    clock.advance(1000);
    const { accepted, refused } = await told(1);
    expect(accepted).toEqual([]);
    expect(refused[0].stands.revision).toBe(sha(2));
    expect((await stands()).revision).toBe(sha(2));
  });

  it('takes a second build of the same commit, and not the first one again', async () => {
    const [one, two] = ['1', '2'].map(sign => `sha256:${sign.repeat(64)}`);
    await told(1, { digest: one });
    clock.advance(1000);
    expect((await told(1, { digest: two })).accepted).toHaveLength(1);
    clock.advance(1000);
    expect((await told(1, { digest: one })).accepted).toEqual([]);
    expect((await stands()).digest).toBe(two);
  });

  it('lets no clock that is ahead keep out what comes after it', async () => {
    await told(1, { createdAt: new Date(clock.ms + 3_600_000) });
    clock.advance(1000);
    await told(2, { createdAt: new Date(clock.ms) });
    expect((await stands()).revision).toBe(sha(2));
  });

  it('goes back when somebody says so, and forward only for what is newer', async () => {
    await told(1, { createdAt: made(1) });
    await told(2, { createdAt: made(2) });
    clock.advance(1000);
    await told(1, { force: true });
    expect((await stands()).revision).toBe(sha(1));
    expect((await told(2, { createdAt: made(2) })).accepted).toEqual([]);
    clock.advance(1000);
    expect(
      (await told(3, { createdAt: new Date(clock.ms) })).accepted,
    ).toHaveLength(1);
  });

  it('settles what Git says, and leaves open what came in meanwhile', async () => {
    await told(1);
    const { serial } = await stands();
    clock.advance(1000);
    await told(2);
    await stores.releases.settle(ENVIRONMENT, [serial]);
    expect((await stands()).settledAt).toBeUndefined();
    await stores.releases.settle(ENVIRONMENT, [(await stands()).serial]);
    expect((await stands()).settledAt).toEqual(new Date(clock.ms));
  });

  const workload = (name: string, nth: number, digest?: string) => ({
    name,
    revision: sha(nth),
    ...(digest && { digest }),
  });
  const asking = (
    workloads = [workload('web', 1)],
    origin: 'rollback' | 'promotion' = 'rollback',
  ) =>
    stores.releases.propose(
      {
        organization: 'shop',
        service: 'pay',
        id: releaseId('shop', 'pay', workloads),
        workloads,
        ...BY,
      },
      ENVIRONMENT,
      origin,
    );
  const worker = (nth: number) => {
    const workloads = [workload('worker', nth)];
    return stores.releases.ask(
      {
        organization: 'shop',
        service: 'pay',
        id: releaseId('shop', 'pay', workloads),
        workloads,
        ...BY,
      },
      [{ environment: ENVIRONMENT, workload: workloads[0] }],
      { origin: 'revision' },
    );
  };
  const open = async () =>
    (await stores.releases.wanted({ environment: ENVIRONMENT }))
      .filter(({ settledAt }) => !settledAt)
      .map(({ name, revision }) => [name, revision]);
  const marked = async () =>
    (await stores.queue.list({ state: 'due', limit: 10 })).map(
      ({ key }) => key,
    );

  it('takes back what was on its way with a rollback, in one transaction with it', async () => {
    await worker(7);
    clock.advance(1000);
    const workloads = [workload('web', 1)];
    const back = () =>
      stores.releases.ask(
        {
          organization: 'shop',
          service: 'pay',
          id: releaseId('shop', 'pay', workloads),
          workloads,
          ...BY,
        },
        [{ environment: ENVIRONMENT, workload: workloads[0] }],
        { origin: 'rollback', force: true, alone: true },
      );
    jest.spyOn(stores.queue, 'mark').mockRejectedValueOnce(new Error('gone'));
    await expect(back()).rejects.toThrow('gone');
    expect(await open()).toEqual([['worker', sha(7)]]);
    await back();
    expect(await open()).toEqual([['web', sha(1)]]);
  });

  it('takes nothing back for a change request until Git says what it brings', async () => {
    await told(3, { createdAt: made(3) });
    await worker(7);
    clock.advance(1000);
    const move = await asking();
    await stores.releases.proposed([move.serial], '9');
    expect(await open()).toHaveLength(2);
    expect(await stores.releases.list('shop', 'pay')).toHaveLength(2);
    expect(await stores.releases.moving(ENVIRONMENT)).toEqual({
      ...move,
      changeId: '9',
    });
    await stores.releases.drop(move);
    expect(await stores.releases.moving(ENVIRONMENT)).toBeUndefined();
    expect(await stores.releases.arrived(move)).toBe(false);
    expect(await open()).toHaveLength(2);
  });

  it('keeps out what was gone back from when Git says so, in another image too, and takes what is newer', async () => {
    await told(3, { createdAt: made(3) });
    await worker(7);
    clock.advance(1000);
    const move = await asking();
    const askedAt = new Date(clock.ms);
    clock.advance(60_000);
    await db('queue_items').delete();
    expect(
      (
        await Promise.all([
          stores.releases.arrived(move),
          createStores({ db, clock }).releases.arrived(move),
        ])
      ).sort(),
    ).toEqual([false, true]);
    expect(await open()).toEqual([]);
    expect(await marked()).toEqual([`environment:${ENVIRONMENT}`]);
    expect(await stands()).toMatchObject({
      revision: sha(1),
      origin: 'rollback',
      orderedAt: askedAt,
      settledAt: new Date(clock.ms),
    });
    const digest = `sha256:${'2'.repeat(64)}`;
    for (const more of [{}, { digest }])
      expect((await told(3, { createdAt: made(3), ...more })).accepted).toEqual(
        [],
      );
    const later = new Date(askedAt.getTime() + 1);
    expect((await told(4, { createdAt: later })).accepted).toHaveLength(1);
  });

  it('goes back from what came after the asking, and leaves alone what is still to come after it', async () => {
    const move = await asking();
    clock.advance(1000);
    await told(3, { createdAt: new Date(clock.ms) });
    await stores.releases.settle(ENVIRONMENT, [(await stands()).serial]);
    await worker(7);
    clock.advance(1000);
    await stores.releases.arrived(move);
    expect(await open()).toEqual([['worker', sha(7)]]);
    expect((await stands()).origin).toBe('rollback');
    const digest = `sha256:${'2'.repeat(64)}`;
    expect((await told(3, { digest })).accepted).toEqual([]);
  });

  it('knows what was promoted by hand by its own place, and leaves alone what is still to come', async () => {
    await told(1, { createdAt: made(1), force: true });
    await stores.releases.settle(ENVIRONMENT, [(await stands()).serial]);
    await worker(7);
    clock.advance(1000);
    const move = await asking(
      [workload('web', 2), workload('worker', 6)],
      'promotion',
    );
    const promotedAt = new Date(clock.ms);
    clock.advance(1000);
    expect(await stores.releases.arrived(move)).toBe(true);
    expect(await open()).toEqual([['worker', sha(7)]]);
    expect(await stands()).toMatchObject({
      revision: sha(2),
      origin: 'promotion',
      orderedAt: promotedAt,
      settledAt: new Date(clock.ms),
    });
  });

  it('lets the last asking count, as the branch of both does', async () => {
    const first = await asking();
    const second = await asking([workload('web', 2)]);
    await stores.releases.proposed([first.serial], '9');
    expect(await stores.releases.moving(ENVIRONMENT)).toEqual(second);
    expect(await stores.releases.arrived(first)).toBe(false);
    await stores.releases.drop(first);
    expect(await stores.releases.moving(ENVIRONMENT)).toEqual(second);
  });

  it('forgets what an environment was asked for with its end, and of one that is kept what was still to come', async () => {
    const { environments, releases, queue } = stores;
    await told(1);
    await releases.settle(ENVIRONMENT, [(await stands()).serial]);
    await worker(7);
    await asking();
    await db('queue_items').delete();
    await queue.mark([`environment:${ENVIRONMENT}`]);
    const [lease] = await queue.claim(1);
    clock.advance(60_000);
    await queue.claim(1);
    const { revision } = await environments.ensure({
      organization: 'shop',
      service: 'pay',
      name: 'staging',
      class: 'quick',
      namespace: 'shop--pay--staging',
      phase: 'deleting',
    });
    const ends = (
      phase: 'retained' | 'deleted',
      at: number,
      fenced?: boolean,
    ) => environments.save(ENVIRONMENT, at, { phase }, fenced ? { lease } : {});
    await expect(ends('deleted', revision, true)).rejects.toThrow();
    expect(await open()).toHaveLength(1);
    const kept = await ends('retained', revision);
    expect(await open()).toEqual([]);
    expect(await releases.wanted({ environment: ENVIRONMENT })).toHaveLength(2);
    expect(await releases.moving(ENVIRONMENT)).toBeUndefined();
    await ends('deleted', kept.revision);
    expect(await releases.wanted({ environment: ENVIRONMENT })).toEqual([]);
    expect((await told(1)).accepted).toHaveLength(1);
  });

  it('keeps no report out with what Git says no more, unless something else was asked for meanwhile', async () => {
    const wish = (lost?: string) => ({
      environment: ENVIRONMENT,
      workload: workload('web', 1),
      ...(lost && { lost }),
    });
    const ask = (lost?: string) =>
      stores.releases.ask(
        {
          organization: 'shop',
          service: 'pay',
          id: releaseId('shop', 'pay', [workload('web', 1)]),
          workloads: [workload('web', 1)],
          ...BY,
          createdAt: made(1),
        },
        [wish(lost)],
        { origin: 'revision' },
      );
    await told(2, { createdAt: made(2) });
    const { serial } = await stands();
    expect((await ask(serial)).accepted).toEqual([]);
    await stores.releases.settle(ENVIRONMENT, [serial]);
    expect((await ask()).accepted).toEqual([]);
    expect((await ask('another')).accepted).toEqual([]);
    expect((await ask(serial)).accepted).toHaveLength(1);
    expect((await stands()).revision).toBe(sha(1));
  });

  it('takes a signature once while it is good, at however many replicas', async () => {
    const others = createStores({ db, clock });
    const keep = (on: Stores, nth: number) =>
      on.releases.dispatch(
        {
          id: `d${nth}`,
          organization: 'shop',
          service: 'pay',
          part: undefined,
          spec: { lifecycle: 'production' },
          ...BY,
        },
        { signature: 'v1=abc', keepMs: 1000 },
      );
    const kept = async () =>
      (await stores.releases.dispatches('shop', 'pay')).length;
    expect(await Promise.all([keep(stores, 1), keep(others, 2)])).toEqual([
      'dispatch:shop/pay',
      'dispatch:shop/pay',
    ]);
    expect(await kept()).toBe(1);
    expect(JSON.stringify(await db('seen_signatures'))).not.toContain('abc"');
    clock.advance(1001);
    await keep(stores, 3);
    expect(await kept()).toBe(2);
  });

  it('keeps edits from outside in their order', async () => {
    for (const nth of [1, 2, 3]) {
      await stores.releases.dispatch({
        id: `d${nth}`,
        organization: 'shop',
        service: 'pay',
        part: { kind: 'workloads', name: 'web' },
        spec: { replicas: nth },
        ...BY,
      });
      clock.advance(1);
    }
    const all = await stores.releases.dispatches('shop', 'pay');
    expect(all.map(({ spec }) => spec.replicas)).toEqual([1, 2, 3]);
    await stores.releases.forgetDispatches(['d1', 'd3']);
    expect(await stores.releases.dispatches('shop', 'pay')).toHaveLength(1);
  });
});
