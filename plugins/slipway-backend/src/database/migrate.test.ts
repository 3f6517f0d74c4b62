import { mockServices } from '@backstage/backend-test-utils';
import knex, { type Knex } from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAndMigrate } from './migrate';

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
