import { mockServices } from '@backstage/backend-test-utils';
import knex, { type Knex } from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAndMigrate } from './migrate';
import { createTestDatabases } from './__testUtils__/databases';

const databases = createTestDatabases();

describe('connectAndMigrate', () => {
  let folder: string;
  let db: Knex;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-database-'));
    db = knex({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'slipway.sqlite') },
      useNullAsDefault: true,
    });
  });

  afterEach(async () => {
    await db.destroy();
    await rm(folder, { recursive: true });
  });

  it('lets SQLite write a log, waits for the disk at every commit, and makes the tables', async () => {
    const database = mockServices.database({ knex: db });
    expect(await connectAndMigrate(database)).toBe(db);
    expect(await db.raw('pragma journal_mode')).toEqual([
      { journal_mode: 'wal' },
    ]);
    // FULL: what was committed is there after a power cut, too.
    expect(await db.raw('pragma synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await db('queue_items').select()).toEqual([]);
  });
});

describe('replicas on one PostgreSQL database', () => {
  const REPLICAS = 8;

  async function withReplicas(use: (replicas: Knex[]) => Promise<void>) {
    const db = await databases.empty('POSTGRES_16');
    const replicas = Array.from({ length: REPLICAS }, () =>
      knex(db.client.config),
    );
    try {
      // Connected beforehand, or the time that takes would put them in a row.
      await Promise.all(replicas.map(replica => replica.raw('select 1')));
      await use(replicas);
    } finally {
      await Promise.all(replicas.map(replica => replica.destroy()));
    }
  }

  const start = (replica: Knex) =>
    connectAndMigrate(mockServices.database({ knex: replica }));

  it.each([1, 2, 3, 4, 5])(
    'start at once and all find the tables, round %i',
    async () => {
      await withReplicas(async replicas => {
        await Promise.all(replicas.map(start));
        for (const replica of replicas)
          expect(await replica('queue_items').select()).toEqual([]);
      });
    },
  );

  it('start where one was killed half-way', async () => {
    await withReplicas(async ([killed, observer, ...others]) => {
      // Holds a table that no migration made yet, so that the first one waits half-way.
      const held = await observer.transaction();
      await held.raw('create table queue_items (id text)');
      const migrating = start(killed).catch((error: Error) => error);
      await waitUntil(async () => {
        const waiting = await others[0].raw(
          `select 1 from pg_locks where not granted`,
        );
        return waiting.rows.length > 0;
      });
      await others[0].raw(
        'select pg_terminate_backend(pid) from pg_locks where not granted',
      );
      expect(await migrating).toBeInstanceOf(Error);
      await held.rollback();

      await Promise.all(others.map(start));
      expect(await others[0]('queue_items').select()).toEqual([]);
    });
  });
});

async function waitUntil(happened: () => Promise<boolean>): Promise<void> {
  while (!(await happened()))
    await new Promise(resolve => setTimeout(resolve, 20));
}
