import type { Condition } from '@slipway/plugin-slipway-common';
import type { Knex } from 'knex';
import { createStores, Stores } from './createStores';
import { createTestClock, TestClock } from './__testUtils__/clock';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';
import { stopAtEveryStatement } from './__testUtils__/statements';

const databases = createTestDatabases();

const key = 'acme/shop/production';
const production = {
  organization: 'acme',
  service: 'shop',
  name: 'production',
  class: 'production',
  namespace: 'acme--shop--production',
  phase: 'queued',
} as const;

const condition = (
  type: Condition['type'],
  reason: string,
  status: Condition['status'] = 'True',
): Omit<Condition, 'lastTransitionTime'> => ({
  type,
  status,
  reason,
  message: `${type} is ${status}`,
  observedGeneration: 1,
});

describe.each(DATABASES)('DatabaseEnvironmentStore on %s', id => {
  let db: Knex;
  let clock: TestClock;
  let stores: Stores;

  beforeAll(async () => {
    db = await databases.migrated(id);
  });

  const clear = async () => {
    for (const table of ['environments', 'timeline', 'queue_items'])
      await db(table).delete();
  };

  beforeEach(async () => {
    await clear();
    clock = createTestClock();
    stores = createStores({ db, clock });
  });

  const events = () =>
    stores.timeline.list({ subjects: [`environment:${key}`], limit: 100 });

  it('records an environment once, however many ask for it at the same time', async () => {
    const all = await Promise.all(
      ['queued', 'pending_approval', 'queued'].map(phase =>
        stores.environments.ensure({ ...production, phase: phase as 'queued' }),
      ),
    );
    expect(new Set(all.map(environment => environment.phase)).size).toBe(1);
    expect(await stores.environments.list()).toEqual([
      expect.objectContaining({
        key,
        declared: true,
        conditions: [],
        inventory: [],
        revision: 1,
        createdAt: new Date(clock.ms),
      }),
    ]);
  });

  it('finds environments by organization, service, cluster, phase and declaration', async () => {
    await stores.environments.ensure(production);
    const dev = await stores.environments.ensure({
      ...production,
      name: 'dev',
      namespace: 'acme--shop--dev',
    });
    await stores.environments.save(dev.key, 1, {
      cluster: 'east',
      phase: 'ready',
      declared: false,
    });
    const names = async (
      filter: Parameters<Stores['environments']['list']>[0],
    ) =>
      (await stores.environments.list(filter)).map(
        environment => environment.name,
      );
    expect(await names({})).toEqual(['dev', 'production']);
    expect(
      await names({ organization: 'acme', service: 'shop', declared: true }),
    ).toEqual(['production']);
    expect(await names({ cluster: 'east' })).toEqual(['dev']);
    expect(await names({ phases: ['ready', 'failed'] })).toEqual(['dev']);
    expect(await names({ phases: [] })).toEqual([]);
    expect(await names({ organization: 'other' })).toEqual([]);
    expect(await names({ declared: false })).toEqual(['dev']);
  });

  it('saves what is given, keeps what is not, and clears what is null', async () => {
    await stores.environments.ensure(production);
    clock.advance(1_000);
    const saved = await stores.environments.save(key, 1, {
      cluster: 'east',
      summary: { cost: 100 },
      appliedGeneration: 3,
      rendererVersion: '1',
      digest: 'd',
      approvalDigest: 'a',
      inventory: [{ apiVersion: 'v1', kind: 'Namespace', name: 'n' }],
      commit: 'c0ffee',
    });
    expect(saved).toMatchObject({
      revision: 2,
      updatedAt: new Date(clock.ms),
      phase: 'queued',
    });
    const cleared = await stores.environments.save(key, 2, {
      digest: null,
      summary: null,
    });
    expect(cleared.digest).toBeUndefined();
    expect(cleared.summary).toBeUndefined();
    expect(cleared).toMatchObject({
      approvalDigest: 'a',
      appliedGeneration: 3,
      commit: 'c0ffee',
      revision: 3,
    });
    expect(await stores.environments.get(key)).toEqual(cleared);
  });

  it('writes nothing when nothing differs', async () => {
    const { revision } = await stores.environments.ensure(production);
    clock.advance(1_000);
    const same = await stores.environments.save(key, revision, {
      phase: 'queued',
      declared: true,
      conditions: [],
      summary: null,
      digest: null,
    });
    expect(same.revision).toBe(revision);
    expect(same.updatedAt).toEqual(same.createdAt);
  });

  it('refuses a write that is based on an older revision', async () => {
    await stores.environments.ensure(production);
    await stores.environments.save(key, 1, { digest: 'new' });
    await expect(
      stores.environments.save(key, 1, { digest: 'old' }),
    ).rejects.toThrow('is at revision 2, the write was based on 1');
    expect((await stores.environments.get(key))?.digest).toBe('new');
  });

  it('lets one of several writers at once through', async () => {
    await stores.environments.ensure(production);
    const writes = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map(digest =>
        stores.environments.save(key, 1, { digest }),
      ),
    );
    expect(writes.filter(write => write.status === 'fulfilled')).toHaveLength(
      1,
    );
    expect((await stores.environments.get(key))?.revision).toBe(2);
  });

  it('never changes the recorded cluster', async () => {
    await stores.environments.ensure(production);
    await stores.environments.save(key, 1, { cluster: 'east' });
    await expect(
      stores.environments.save(key, 2, { cluster: 'west' }),
    ).rejects.toThrow("runs on cluster east and can't be moved to west");
    expect(
      (await stores.environments.save(key, 2, { cluster: 'east' })).revision,
    ).toBe(2);
  });

  it('names an environment that is not recorded', async () => {
    await expect(
      stores.environments.save('acme/no/where', 1, {}),
    ).rejects.toThrow('acme/no/where is not recorded');
    expect(await stores.environments.get('acme/no/where')).toBeUndefined();
  });

  it('refuses every write of a process that lost its lease', async () => {
    await stores.environments.ensure(production);
    await stores.queue.mark(['environment:a']);
    const [frozen] = await stores.queue.claim(1);
    clock.advance(60_000);
    const [owner] = await stores.queue.claim(1);
    const { environments } = stores;
    await expect(
      environments.save(key, 1, { digest: 'late' }, { lease: frozen }),
    ).rejects.toThrow('was lost');
    await expect(
      environments.recordTransition(
        key,
        [condition('Synced', 'Synced')],
        {},
        { lease: frozen },
      ),
    ).rejects.toMatchObject({ name: 'LeaseLostError' });
    await expect(
      environments.remove(key, 1, { lease: frozen }),
    ).rejects.toThrow('was lost');
    await expect(
      environments.ensure({ ...production, name: 'dev' }, { lease: frozen }),
    ).rejects.toThrow('was lost');
    expect(await environments.list()).toEqual([
      expect.objectContaining({ key, revision: 1 }),
    ]);
    expect(
      (await environments.save(key, 1, { digest: 'new' }, { lease: owner }))
        .digest,
    ).toBe('new');
  });

  it('tells a transition once, in the order of the road, with the time of the status', async () => {
    await stores.environments.ensure(production);
    const { environments } = stores;
    const start = new Date(clock.ms).toISOString();
    const first = await environments.recordTransition(
      key,
      [condition('Committed', 'Committed'), condition('Declared', 'Declared')],
      { actor: 'user:default/ann', changeId: '7', commit: 'c0ffee' },
    );
    expect(
      first.environment.conditions.map(c => [c.type, c.lastTransitionTime]),
    ).toEqual([
      ['Declared', start],
      ['Committed', start],
    ]);
    clock.advance(5_000);

    const again = await environments.recordTransition(key, [
      condition('Declared', 'Declared'),
    ]);
    expect(again.changed).toEqual([]);
    expect(again.environment.revision).toBe(first.environment.revision);

    const message = {
      ...condition('Declared', 'Declared'),
      message: 'in another file',
    };
    const reworded = await environments.recordTransition(key, [message]);
    expect(reworded.changed).toEqual([]);
    expect(reworded.environment.conditions[0]).toMatchObject({
      message: 'in another file',
      lastTransitionTime: start,
    });

    const failed = await environments.recordTransition(key, [
      condition('Committed', 'GitUnavailable', 'False'),
    ]);
    expect(failed.changed).toEqual([
      expect.objectContaining({
        type: 'Committed',
        lastTransitionTime: new Date(clock.ms).toISOString(),
      }),
    ]);
    await environments.recordTransition(key, [
      condition('Committed', 'Committed'),
    ]);

    expect(
      (await events()).map(event => [event.type, event.reason, event.title]),
    ).toEqual([
      ['Committed', 'Committed', 'Committed'],
      ['Committed', 'GitUnavailable', 'Git host unavailable'],
      ['Declared', 'Declared', 'Declared'],
      ['Committed', 'Committed', 'Committed'],
    ]);
    expect(await stores.timeline.list({ changeId: '7', limit: 10 })).toEqual([
      expect.objectContaining({
        type: 'Declared',
        actor: 'user:default/ann',
        commit: 'c0ffee',
      }),
      expect.objectContaining({
        type: 'Committed',
        data: { status: 'True', message: 'Committed is True' },
      }),
    ]);
  });

  it('lets writers of different conditions at once all through', async () => {
    await stores.environments.ensure(production);
    await Promise.all(
      (['Synced', 'Healthy', 'Drifted'] as const).map(type =>
        stores.environments.recordTransition(key, [condition(type, type)]),
      ),
    );
    expect(
      (await stores.environments.get(key))?.conditions.map(c => c.type),
    ).toEqual(['Synced', 'Healthy', 'Drifted']);
  });

  it('tells what a save is about with it, or not at all, at whichever statement it stops', async () => {
    const entry = {
      subject: `environment:${key}`,
      type: 'Release',
      reason: 'Promoted',
      title: 'Promoted from staging',
      dedupeKey: 'release/c0ffee',
    };
    const stops = await stopAtEveryStatement({
      db,
      prepare: async () => {
        await clear();
        await stores.environments.ensure(production);
      },
      work: () =>
        stores.environments.save(
          key,
          1,
          { commit: 'c0ffee' },
          { events: [entry] },
        ),
      check: async () => {
        const environment = await stores.environments.get(key);
        expect((await events()).map(event => event.title)).toEqual(
          environment?.commit ? ['Promoted from staging'] : [],
        );
      },
    });
    expect(stops).toBeGreaterThanOrEqual(4);
  });

  it('keeps transition and timeline together at whichever statement it stops, and converges when repeated', async () => {
    const synced = [condition('Synced', 'Synced')];
    await stopAtEveryStatement({
      db,
      prepare: async () => {
        await clear();
        await stores.environments.ensure(production);
      },
      work: () => stores.environments.recordTransition(key, synced),
      check: async () => {
        const recorded = (await stores.environments.get(key))?.conditions
          .length;
        expect(await events()).toHaveLength(recorded!);
        await stores.environments.recordTransition(key, synced);
        expect(await events()).toHaveLength(1);
      },
    });
  });

  it('forgets an environment that nobody has written since', async () => {
    await stores.environments.ensure(production);
    await stores.environments.save(key, 1, { declared: false });
    expect(await stores.environments.remove(key, 1)).toBe(false);
    expect(await stores.environments.remove(key, 2)).toBe(true);
    expect(await stores.environments.get(key)).toBeUndefined();
  });

  it('writes several stores as one', async () => {
    await stores.environments.ensure(production);
    await expect(
      stores.transactions.run(async trx => {
        await stores.environments.save(key, 1, { phase: 'approved' }, { trx });
        await stores.approvals.record(
          {
            environment: key,
            digest: 'd',
            actor: 'user:default/ann',
            origin: 'environment',
          },
          { trx },
        );
        await stores.queue.mark([`environment:${key}`], { trx });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect((await stores.environments.get(key, {}))?.phase).toBe('queued');
    expect(await stores.approvals.list({ environment: key })).toEqual([]);
    expect((await stores.queue.stats()).due).toBe(0);
  });
});
