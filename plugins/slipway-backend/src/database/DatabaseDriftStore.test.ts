import type { Knex } from 'knex';
import type { DriftRecord } from '../ports/DriftStore';
import type { Lease } from '../ports/WorkQueue';
import { createStores, Stores } from './createStores';
import { createTestClock, TestClock } from './__testUtils__/clock';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';

const databases = createTestDatabases();

describe.each(DATABASES)('DatabaseDriftStore on %s', id => {
  let db: Knex;
  let clock: TestClock;
  let stores: Stores;

  beforeAll(async () => {
    db = await databases.migrated(id);
  });
  beforeEach(async () => {
    for (const table of ['drifts', 'drift_requests', 'timeline', 'queue_items'])
      await db(table).delete();
    clock = createTestClock();
    stores = createStores({ db, clock });
  });

  const record = (
    environment: string,
    more: Partial<DriftRecord> = {},
  ): DriftRecord => ({
    environment,
    state: 'drifted',
    since: new Date('2026-01-01T00:00:00.123Z'),
    changedAt: new Date('2026-01-01T00:00:01Z'),
    checkedAt: new Date('2026-01-01T00:00:02Z'),
    drifted: [
      {
        apiVersion: 'v1',
        kind: 'Service',
        name: 'web',
        missing: false,
        part: 'workload',
        fields: [
          {
            path: 'a',
            segments: ['a'],
            why: 'changed',
            wanted: 1,
            found: null,
          },
          { path: 'b', segments: ['b', 0], why: 'foreign', found: { x: [1] } },
        ],
      },
    ],
    checks: { 'v1 Service  web': { seen: 's', wanted: 'w' } },
    ...more,
  });
  const event = (dedupeKey: string) => ({
    subject: 'environment:a/b/c',
    type: 'Drifted',
    reason: 'Drifted',
    title: 'Drifted',
    dedupeKey,
  });
  const claimed = async (): Promise<Lease> => {
    await stores.queue.mark(['drift:a/b/c']);
    const [lease] = await stores.queue.claim(1);
    return lease;
  };

  it('says when a look found what the one before had found', async () => {
    const save = (more: Partial<DriftRecord> = {}, options = {}) =>
      stores.drifts.save(record('a/b/c', more), options);
    expect(await save()).toEqual({ same: false });
    const late = { checkedAt: new Date('2026-01-01T00:09:59Z') };
    expect(await save(late)).toEqual({ same: true });
    // Cards tell its age, if not by the second.
    const now = { checkedAt: new Date('2026-01-01T00:10:00Z') };
    expect(await save(now)).toEqual({ same: false });
    expect(await save(now)).toEqual({ same: true });
    const [drifted] = record('a/b/c').drifted;
    const [field] = drifted.fields;
    const other = [{ ...drifted, fields: [{ ...field, wanted: 2 }] }];
    expect(await save({ ...now, drifted: other })).toEqual({ same: false });
    expect(await save({ ...now, state: 'none' })).toEqual({ same: false });
    expect(await save({ ...now, message: 'why' })).toEqual({ same: false });
    expect(await save({ ...now, since: undefined })).toEqual({ same: false });
    expect(await save(now)).toEqual({ same: false });
    expect(await save(now)).toEqual({ same: true });
    expect(await save(now, { events: [event('e')] })).toEqual({ same: false });
    const request = await stores.drifts.ask({
      environment: 'a/b/c',
      actor: 'user:default/dana',
    });
    expect(await save(now, { done: [request.id] })).toEqual({ same: false });
    await stores.drifts.expire('a/b/c');
    expect(await save(now)).toEqual({ same: false });
  });

  it('gives back what was written, and counts it for lists', async () => {
    await stores.drifts.save(record('a/b/c'), {});
    expect(await stores.drifts.get('a/b/c')).toEqual(record('a/b/c'));
    const { drifted: _, checks: __, ...glance } = record('a/b/c');
    expect(await stores.drifts.glances()).toEqual([
      { ...glance, objects: 1, fields: 2 },
    ]);
    const none = record('a/b/c', {
      state: 'none',
      since: undefined,
      message: undefined,
      drifted: [],
    });
    await stores.drifts.save(none, {});
    expect(await stores.drifts.glances(['a/b/c', 'x/y/z'])).toEqual([
      expect.objectContaining({ state: 'none', objects: 0, fields: 0 }),
    ]);
    expect((await stores.drifts.get('a/b/c'))!.since).toBeUndefined();
  });

  it('answers for more environments than a statement may name', async () => {
    await stores.drifts.save(record('a/b/c'), {});
    const many = Array.from({ length: 1200 }, (_, i) => `x/y/e${i}`);
    expect(await stores.drifts.glances([...many, 'a/b/c'])).toHaveLength(1);
    expect(await stores.drifts.glances(many)).toEqual([]);
  });

  it('writes state, events and what is done as one, or nothing without the lease', async () => {
    const request = await stores.drifts.ask({
      environment: 'a/b/c',
      actor: 'user:default/ann',
    });
    const lost = await claimed();
    clock.advance(3_600_000);
    await stores.queue.claim(1);
    await expect(
      stores.drifts.save(record('a/b/c'), {
        lease: lost,
        events: [event('1')],
        done: [request.id],
      }),
    ).rejects.toThrow('lease');
    expect(await stores.drifts.get('a/b/c')).toBeUndefined();
    expect(await stores.timeline.list({ limit: 9 })).toEqual([]);
    expect(await stores.drifts.asked('a/b/c')).toEqual([request]);

    await stores.drifts.save(record('a/b/c'), {
      events: [event('1'), event('1')],
      done: [request.id],
    });
    expect(await stores.timeline.list({ limit: 9 })).toHaveLength(1);
    expect(await stores.drifts.asked('a/b/c')).toEqual([]);
  });

  it('keeps a request that comes in while another one is done', async () => {
    const first = await stores.drifts.ask({
      environment: 'a/b/c',
      actor: 'user:default/ann',
      objects: [{ apiVersion: 'v1', kind: 'Service', name: 'web' }],
    });
    clock.advance(5);
    const second = await stores.drifts.ask({
      environment: 'a/b/c',
      actor: 'user:default/bob',
    });
    expect(await stores.drifts.asked('a/b/c')).toEqual([first, second]);
    await stores.drifts.save(record('a/b/c'), { done: [first.id] });
    expect(await stores.drifts.asked('a/b/c')).toEqual([second]);
  });

  it('keeps the answer when it shall be asked for again', async () => {
    await stores.drifts.save(record('a/b/c'), {});
    await stores.drifts.save(record('x/y/z'), {});
    await stores.drifts.expire('a/b/c');
    expect(await stores.drifts.get('a/b/c')).toEqual(
      record('a/b/c', { checks: {} }),
    );
    expect(await stores.drifts.get('x/y/z')).toEqual(record('x/y/z'));
  });

  it('forgets an environment with its requests, and no other', async () => {
    await stores.drifts.save(record('a/b/c'), {});
    await stores.drifts.save(record('x/y/z'), {});
    await stores.drifts.ask({
      environment: 'a/b/c',
      actor: 'user:default/ann',
    });
    await stores.drifts.remove('a/b/c', {});
    expect(await stores.drifts.get('a/b/c')).toBeUndefined();
    expect(await stores.drifts.asked('a/b/c')).toEqual([]);
    expect(await stores.drifts.get('x/y/z')).toBeDefined();
  });
});
