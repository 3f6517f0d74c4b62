import type { Knex } from 'knex';
import { createTestClock, TestClock } from './__testUtils__/clock';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';
import { createStores, Stores } from './createStores';

const databases = createTestDatabases();
const DAY_MS = 24 * 3_600_000;
const KEEP_MS = 365 * DAY_MS;

describe.each(DATABASES)('DatabaseHistoryStore on %s', id => {
  let db: Knex;
  let clock: TestClock;
  let stores: Stores;

  beforeAll(async () => {
    db = await databases.migrated(id);
  });
  beforeEach(async () => {
    for (const table of [
      'timeline',
      'environments',
      'approvals',
      'resources',
      'sources',
    ])
      await db(table).delete();
    clock = createTestClock();
    stores = createStores({ db, clock });
  });

  async function environment(
    service: string,
    phase: 'ready' | 'deleted',
  ): Promise<void> {
    const { key, revision } = await stores.environments.ensure({
      organization: 'shop',
      service,
      name: 'preview',
      class: 'preview',
      namespace: `shop--${service}--preview`,
      phase,
    });
    await stores.environments.save(key, revision, {
      declared: phase === 'ready',
    });
    await stores.approvals.record({
      environment: key,
      digest: 'd',
      actor: 'user:default/ann',
      origin: 'environment',
    });
  }

  /** Files that were deleted now. */
  async function deleted(
    ...names: Array<[kind: string, organization: string, name: string]>
  ): Promise<void> {
    await stores.sources.ensure({
      id: 'platform',
      role: 'platform',
      url: 'file:///platform.git',
      branch: 'main',
    });
    for (const [kind, organization, name] of names)
      await db('resources').insert({
        kind,
        organization,
        name,
        source_id: 'platform',
        path: `${name}.yaml`,
        text: '',
        generation: 1,
        commit: 'c',
        deleted_at: clock.sql(db),
        updated_at: clock.sql(db),
      });
  }

  const filesLeft = async () =>
    (await db('resources').orderBy('name').pluck('name')) as string[];
  const event = (dedupeKey: string) => ({
    subject: 'environment:shop/web/preview',
    type: 'Synced',
    reason: 'Synced',
    title: dedupeKey,
    dedupeKey,
  });

  it('forgets lines of the timeline by their age, however many they are', async () => {
    await stores.timeline.record(
      Array.from({ length: 2_100 }, (_, i) => event(`old-${i}`)),
    );
    clock.advance(KEEP_MS);
    await stores.timeline.record([event('new')]);
    expect(await stores.history.forget(KEEP_MS)).toMatchObject({ events: 0 });
    clock.advance(DAY_MS);
    expect(await stores.history.forget(KEEP_MS)).toMatchObject({
      events: 2_100,
    });
    const left = await stores.timeline.list({ limit: 10 });
    expect(left.map(({ title }) => title)).toEqual(['new']);
  });

  it('forgets environments that are gone, with what was agreed for them, and no other', async () => {
    await environment('web', 'deleted');
    await environment('api', 'ready');
    clock.advance(KEEP_MS + DAY_MS);
    await environment('late', 'deleted');
    expect(await stores.history.forget(KEEP_MS)).toMatchObject({
      environments: 1,
    });
    const left = await stores.environments.list();
    expect(left.map(({ service }) => service)).toEqual(['api', 'late']);
    const agreed: string[] = await db('approvals')
      .orderBy('environment')
      .pluck('environment');
    expect(agreed).toEqual(['shop/api/preview', 'shop/late/preview']);
  });

  it('forgets a deleted file only when nothing is left of what it declared', async () => {
    await environment('web', 'ready');
    await environment('api', 'ready');
    await deleted(
      ['ServiceSpec', 'shop', 'web'],
      ['Organization', '', 'shop'],
      ['ServiceSpec', 'other', 'api'],
      ['ServiceSpec', 'shop', 'gone'],
      ['QuotaProfile', '', 'tiny'],
    );
    expect(await stores.history.forget(KEEP_MS)).toMatchObject({
      resources: 0,
    });
    clock.advance(KEEP_MS + DAY_MS);
    expect(await stores.history.forget(KEEP_MS)).toMatchObject({
      resources: 3,
    });
    expect(await filesLeft()).toEqual(['shop', 'web']);
    await db('environments').delete();
    await stores.history.forget(KEEP_MS);
    expect(await filesLeft()).toEqual([]);
  });

  it('may be done by two replicas at the same time', async () => {
    await stores.timeline.record([event('old')]);
    clock.advance(KEEP_MS + DAY_MS);
    const both = await Promise.all([
      stores.history.forget(KEEP_MS),
      stores.history.forget(KEEP_MS),
    ]);
    expect(both[0].events + both[1].events).toBe(1);
  });
});
