import type { Knex } from 'knex';
import type { ResourceRecord } from '../ports/ResourceStore';
import type { SnapshotFile, SourceSnapshot } from '../ports/SourceStore';
import { createStores, Stores } from './createStores';
import { createTestClock, TestClock } from './__testUtils__/clock';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';
import { stopAtEveryStatement } from './__testUtils__/statements';

const databases = createTestDatabases();

const file = (
  name: string,
  value: unknown,
  options: Partial<SnapshotFile> = {},
): SnapshotFile => ({
  kind: 'ServiceSpec',
  organization: 'acme',
  name,
  path: `organizations/acme/services/${name}.yaml`,
  text: JSON.stringify(value),
  value,
  problems: [],
  ...options,
});

const problem = {
  severity: 'error',
  message: 'broken',
} as unknown as SnapshotFile['problems'][number];

const platform = {
  id: 'platform',
  role: 'platform',
  url: 'file:///platform.git',
  branch: 'main',
} as const;

describe.each(DATABASES)('DatabaseSourceStore on %s', id => {
  let db: Knex;
  let clock: TestClock;
  let stores: Stores;

  beforeAll(async () => {
    db = await databases.migrated(id);
  });

  const clear = async () => {
    for (const table of ['queue_items', 'resources', 'sources']) {
      await db(table).delete();
    }
  };

  beforeEach(async () => {
    await clear();
    clock = createTestClock();
    stores = createStores({ db, clock });
    await stores.sources.ensure(platform);
  });

  const keys: SourceSnapshot['keys'] = (before, after) => {
    const environments = (record: ResourceRecord | undefined) =>
      (record?.validValue as { environments?: string[] } | undefined)
        ?.environments ?? [];
    const { organization, name } = (after ?? before)!;
    return [...environments(before), ...environments(after)].map(
      environment => `environment:${organization}/${name}/${environment}`,
    );
  };

  const apply = (
    expectedHead: string | undefined,
    commit: string,
    files: SnapshotFile[],
    options: Partial<SourceSnapshot> = {},
  ) =>
    stores.sources.applySnapshot({
      sourceId: 'platform',
      expectedHead,
      commit,
      files,
      keys,
      guard: { maxDeletedShare: 0.5, minCount: 2 },
      ...options,
    });

  const queued = async () =>
    (await stores.queue.list({ state: 'due', limit: 100 }))
      .map(item => item.key)
      .sort();
  const shop = { kind: 'ServiceSpec', organization: 'acme', name: 'shop' };

  it('registers a source once, and reads it anew when configuration names another repository', async () => {
    await apply(undefined, 'c1', [file('shop', {})]);
    expect(await stores.sources.ensure(platform)).toMatchObject({
      headCommit: 'c1',
      state: 'ok',
    });
    const moved = await stores.sources.ensure({
      ...platform,
      url: 'file:///other.git',
    });
    expect(moved).toMatchObject({
      url: 'file:///other.git',
      headCommit: undefined,
    });
    expect(await stores.resources.list()).toHaveLength(1);
    expect(await stores.sources.list({ role: 'gitops' })).toEqual([]);
  });

  it('stores what is new with generation 1 and queues its keys in the same transaction', async () => {
    const result = await apply(undefined, 'c1', [
      file('shop', { environments: ['dev', 'production'] }),
    ]);
    expect(result).toMatchObject({
      outcome: 'applied',
      keys: ['environment:acme/shop/dev', 'environment:acme/shop/production'],
    });
    expect(await queued()).toEqual([
      'environment:acme/shop/dev',
      'environment:acme/shop/production',
    ]);
    expect(await stores.resources.get(shop)).toMatchObject({
      generation: 1,
      commit: 'c1',
      sourceId: 'platform',
      value: { environments: ['dev', 'production'] },
      validValue: { environments: ['dev', 'production'] },
      updatedAt: new Date(clock.ms),
    });
    expect(await stores.sources.get('platform')).toMatchObject({
      state: 'ok',
      headCommit: 'c1',
      readAt: new Date(clock.ms),
      conflicts: [],
    });
  });

  it('leaves everything undone at whichever statement it stops', async () => {
    const seen: unknown[] = [];
    const stops = await stopAtEveryStatement({
      db,
      prepare: async () => {
        await clear();
        await stores.sources.ensure(platform);
        await apply(undefined, 'c1', [
          file('shop', { n: 1 }),
          file('old', { environments: ['dev'] }),
        ]);
        await db('queue_items').delete();
      },
      work: () =>
        apply('c1', 'c2', [
          file('shop', { n: 2, environments: ['dev'] }),
          file('new', { environments: ['dev'] }),
        ]),
      check: async () => {
        const source = await stores.sources.get('platform');
        const resources = await stores.resources.list({ includeDeleted: true });
        seen.push({
          head: source?.headCommit,
          resources: resources.map(
            r =>
              `${r.name} ${r.generation} ${r.deletedAt ? 'deleted' : 'there'}`,
          ),
          queued: await queued(),
        });
      },
    });
    const untouched = {
      head: 'c1',
      resources: ['old 1 there', 'shop 1 there'],
      queued: [],
    };
    const applied = {
      head: 'c2',
      resources: ['new 1 there', 'old 2 deleted', 'shop 2 there'],
      queued: [
        'environment:acme/new/dev',
        'environment:acme/old/dev',
        'environment:acme/shop/dev',
      ],
    };
    expect(seen).toEqual([...Array(stops).fill(untouched), applied]);
    expect(stops).toBeGreaterThan(8);
  });

  it('raises the generation when the value changes, not when keys are reordered or comments added', async () => {
    await apply(undefined, 'c1', [file('shop', { a: 1, b: { c: 2, d: 3 } })]);
    await apply('c1', 'c2', [
      file('shop', { b: { d: 3, c: 2 }, a: 1 }, { text: '# hello' }),
    ]);
    expect(await stores.resources.get(shop)).toMatchObject({
      generation: 1,
      commit: 'c2',
      text: '# hello',
    });
    await apply('c2', 'c3', [file('shop', { a: 2 })]);
    expect(await stores.resources.get(shop)).toMatchObject({
      generation: 2,
      commit: 'c3',
    });
  });

  it('writes nothing for a file that is as it was', async () => {
    await apply(undefined, 'c1', [file('shop', { environments: ['dev'] })]);
    await db('queue_items').delete();
    expect(
      await apply('c1', 'c2', [file('shop', { environments: ['dev'] })]),
    ).toMatchObject({
      outcome: 'applied',
      changed: [],
      keys: [],
    });
    expect(await stores.resources.get(shop)).toMatchObject({ commit: 'c1' });
    expect(await queued()).toEqual([]);
    expect((await stores.sources.get('platform'))?.headCommit).toBe('c2');
  });

  it('keeps the last valid value running while the file is broken', async () => {
    await apply(undefined, 'c1', [file('shop', { environments: ['dev'] })]);
    await apply('c1', 'c2', [
      file('shop', null, { text: '{', problems: [problem] }),
    ]);
    expect(await stores.resources.get(shop)).toMatchObject({
      value: undefined,
      validValue: { environments: ['dev'] },
      problems: [problem],
      generation: 1,
    });
    await apply('c2', 'c3', [file('shop', { environments: ['dev'] })]);
    expect(await stores.resources.get(shop)).toMatchObject({
      generation: 1,
      problems: [],
    });
  });

  it('has nothing to run for a file that was never valid', async () => {
    await apply(undefined, 'c1', [file('shop', null, { problems: [problem] })]);
    const broken = await stores.resources.get(shop);
    expect(broken).toMatchObject({ generation: 1 });
    expect(broken?.validValue).toBeUndefined();
  });

  it('marks what vanished as deleted, queues what it had declared, and lets it come back', async () => {
    await apply(undefined, 'c1', [file('shop', { environments: ['dev'] })]);
    await db('queue_items').delete();
    const result = await apply('c1', 'c2', []);
    expect(result).toMatchObject({
      outcome: 'applied',
      deleted: [{ name: 'shop', generation: 2 }],
    });
    expect(await queued()).toEqual(['environment:acme/shop/dev']);
    expect(await stores.resources.get(shop)).toBeUndefined();
    expect(
      await stores.resources.get(shop, { includeDeleted: true }),
    ).toMatchObject({
      deletedAt: new Date(clock.ms),
      validValue: { environments: ['dev'] },
    });
    await apply('c2', 'c3', [file('shop', { environments: ['dev'] })]);
    expect(await stores.resources.get(shop)).toMatchObject({
      generation: 3,
      deletedAt: undefined,
    });
  });

  it('does not bring a deleted resource back to life with a broken file', async () => {
    await apply(undefined, 'c1', [file('shop', { environments: ['dev'] })]);
    await apply('c1', 'c2', []);
    await apply('c2', 'c3', [file('shop', null, { problems: [problem] })]);
    expect((await stores.resources.get(shop))?.validValue).toBeUndefined();
  });

  it('takes a file that moved for what it was', async () => {
    await apply(undefined, 'c1', [file('shop', { environments: ['dev'] })]);
    await apply('c1', 'c2', [
      file('shop', { environments: ['dev'] }, { path: 'services/shop.yaml' }),
    ]);
    expect(await stores.resources.get(shop)).toMatchObject({
      generation: 1,
      path: 'services/shop.yaml',
    });
  });

  it('ignores a snapshot that was read before a newer one was stored', async () => {
    await apply(undefined, 'c1', [file('shop', { n: 1 })]);
    await apply('c1', 'c2', [file('shop', { n: 2 })]);
    expect(await apply('c1', 'c1b', [])).toEqual({
      outcome: 'superseded',
      headCommit: 'c2',
    });
    expect(await stores.resources.get(shop)).toMatchObject({ value: { n: 2 } });
  });

  it('lets one of several readers at once store its snapshot', async () => {
    await apply(undefined, 'c1', [file('shop', { n: 1 })]);
    const results = await Promise.all(
      [2, 3, 4, 5].map(n => apply('c1', `c${n}`, [file('shop', { n })])),
    );
    expect(results.map(result => result.outcome).sort()).toEqual([
      'applied',
      'superseded',
      'superseded',
      'superseded',
    ]);
    expect(await stores.resources.get(shop)).toMatchObject({ generation: 2 });
  });

  it('holds everything when too many vanish at once, until somebody agrees to that list', async () => {
    const three = ['a', 'b', 'c'].map(name =>
      file(name, { environments: ['dev'] }),
    );
    await apply(undefined, 'c1', three);
    await db('queue_items').delete();

    const held = await apply('c1', 'c2', [file('c', { changed: true })]);
    expect(held).toMatchObject({
      outcome: 'held',
      held: { commit: 'c2', since: new Date(clock.ms) },
    });
    expect(await stores.sources.get('platform')).toMatchObject({
      state: 'held',
      headCommit: 'c1',
      held: { vanished: [{ name: 'a', path: three[0].path }, { name: 'b' }] },
    });
    expect((await stores.resources.list()).map(r => r.value)).toEqual(
      three.map(f => f.value),
    );
    expect(await queued()).toEqual([]);

    expect(
      await stores.sources.confirmHeld('platform', 'c9', 'user:default/ann'),
    ).toBe(false);
    expect(
      await stores.sources.confirmHeld('platform', 'c2', 'user:default/ann'),
    ).toBe(true);
    // A later commit, but nothing beyond the list.
    expect(
      await apply('c1', 'c3', [file('c', { changed: true })]),
    ).toMatchObject({ outcome: 'applied' });
    expect((await stores.resources.list()).map(r => r.name)).toEqual(['c']);
    expect(await stores.sources.get('platform')).toMatchObject({
      state: 'ok',
      held: undefined,
    });
  });

  it('asks again when more vanishes than was agreed to', async () => {
    await apply(
      undefined,
      'c1',
      ['a', 'b', 'c'].map(name => file(name, {})),
    );
    await apply('c1', 'c2', [file('c', {})]);
    await stores.sources.confirmHeld('platform', 'c2', 'user:default/ann');
    const again = await apply('c1', 'c3', []);
    expect(again).toMatchObject({ outcome: 'held', held: { commit: 'c3' } });
    expect(again).not.toHaveProperty('held.confirmed');
    expect(await stores.resources.list()).toHaveLength(3);
  });

  it('looks at each kind by itself, so that many classes do not hide that all services are gone', async () => {
    const classes = Array.from({ length: 10 }, (_, n) =>
      file(
        `class-${n}`,
        {},
        {
          kind: 'EnvironmentClass',
          organization: '',
          path: `classes/${n}.yaml`,
        },
      ),
    );
    await apply(undefined, 'c1', [...classes, file('a', {}), file('b', {})]);
    expect(await apply('c1', 'c2', classes)).toMatchObject({ outcome: 'held' });
  });

  it('goes on by itself when the files are back', async () => {
    const both = [file('a', {}), file('b', {})];
    await apply(undefined, 'c1', both);
    await apply('c1', 'c2', []);
    expect(await apply('c1', 'c3', both)).toMatchObject({
      outcome: 'applied',
      deleted: [],
    });
    expect(await stores.sources.get('platform')).toMatchObject({
      state: 'ok',
      held: undefined,
    });

    await apply('c3', 'c4', []);
    // The branch was set back to the commit that is known.
    expect(await stores.sources.markRead('platform', 'c3')).toBe(true);
    expect(await stores.sources.get('platform')).toMatchObject({
      state: 'ok',
      held: undefined,
    });
  });

  it('concludes nothing from a source that can not be read', async () => {
    await apply(undefined, 'c1', [file('shop', {})]);
    await stores.sources.markUnreadable('platform', 'repository not found');
    expect(await stores.sources.get('platform')).toMatchObject({
      state: 'unreadable',
      error: 'repository not found',
      headCommit: 'c1',
    });
    expect(await stores.resources.list()).toHaveLength(1);
    clock.advance(1_000);
    expect(await stores.sources.markRead('platform', 'c1')).toBe(true);
    const read = await stores.sources.get('platform');
    expect(read).toMatchObject({ state: 'ok', readAt: new Date(clock.ms) });
    expect(read?.error).toBeUndefined();
    expect(await stores.sources.markRead('platform', 'c0')).toBe(false);
  });

  it('lets the first of two files keep a resource, whichever was read first', async () => {
    const first = file('shop', { n: 1 }, { path: 'a.yaml' });
    const second = file('shop', { n: 2 }, { path: 'b.yaml' });
    const conflicts = [
      {
        ...shop,
        path: 'b.yaml',
        heldBy: { sourceId: 'platform', path: 'a.yaml' },
      },
    ];
    expect(await apply(undefined, 'c1', [second, first])).toMatchObject({
      conflicts,
    });
    expect((await stores.sources.get('platform'))?.conflicts).toEqual(
      conflicts,
    );
    expect(await stores.resources.get(shop)).toMatchObject({ value: { n: 1 } });
    // The one that holds it keeps it, also against a path that comes before.
    await apply('c1', 'c2', [
      file('shop', { n: 3 }, { path: '0.yaml' }),
      first,
    ]);
    expect(await stores.resources.get(shop)).toMatchObject({
      value: { n: 1 },
      path: 'a.yaml',
    });
  });

  it('lets the first of two sources keep a resource, and the second have it when it is given up', async () => {
    await stores.sources.ensure({
      ...platform,
      id: 'other',
      url: 'file:///other.git',
    });
    await apply(undefined, 'c1', [file('shop', { n: 1 })]);
    const other = { sourceId: 'other' };
    expect(
      await apply(undefined, 'd1', [file('shop', { n: 2 })], other),
    ).toMatchObject({
      outcome: 'applied',
      changed: [],
      conflicts: [{ name: 'shop', heldBy: { sourceId: 'platform' } }],
    });
    await apply('c1', 'c2', []);
    await apply('d1', 'd2', [file('shop', { n: 2 })], other);
    expect(await stores.resources.get(shop)).toMatchObject({
      sourceId: 'other',
      generation: 3,
      value: { n: 2 },
    });
  });

  it('names the source that is not registered', async () => {
    await expect(
      apply(undefined, 'c1', [], { sourceId: 'nowhere' }),
    ).rejects.toThrow('Source nowhere is not registered');
  });

  it('gives a source to one reader at a time, and to the next when that one is lost', async () => {
    const leases = await Promise.all(
      [1, 2, 3].map(() => stores.sources.lease('platform', 10_000)),
    );
    const [lease] = leases.filter(Boolean);
    expect(leases.filter(Boolean)).toHaveLength(1);
    clock.advance(10_000);
    const next = await stores.sources.lease('platform', 10_000);
    expect(next).toBeDefined();
    await stores.sources.releaseLease(lease!);
    expect(await stores.sources.lease('platform', 10_000)).toBeUndefined();
    await stores.sources.releaseLease(next!);
    expect(await stores.sources.lease('platform', 10_000)).toBeDefined();
  });
});
