import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPostgres } from './dialect';

/** Folder of the migrations, in the source tree and in the published package alike. */
export const MIGRATIONS_DIRECTORY = resolvePackagePath(
  '@slipway/plugin-slipway-backend',
  'migrations',
);

/** Far longer than our migrations take; a lock that outlives it was left behind, and the error says so. */
const MAX_WAIT_MS = 60_000;
const PAUSE_MS = 250;

/** What knex says to the slower one of two that migrate the same database. */
const SOMEBODY_ELSE_MIGRATES =
  /Migration table is already locked|(relation|table) [^ ]*knex_migrations[^ ]* already exists|pg_type_typname_nsp_index|pg_class_relname_nsp_index|knex_migrations_lock/;

/** Survives replicas that start at once: one migrates, the others wait for it and find nothing left to do. */
async function migrate(db: Knex): Promise<void> {
  const deadline = Date.now() + MAX_WAIT_MS;
  for (;;) {
    try {
      await db.migrate.latest({ directory: MIGRATIONS_DIRECTORY });
      return;
    } catch (error) {
      const wait = SOMEBODY_ELSE_MIGRATES.test((error as Error).message);
      if (!wait || Date.now() > deadline) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

/**
 * SQLite answers on the thread that serves everything else, and by default it waits for the disk three times a
 * transaction. With a log it waits once, and loses as little when the machine loses its power.
 */
async function keepLog(db: Knex): Promise<void> {
  await db.raw('pragma journal_mode = wal');
  // The driver is built to wait less once there is a log.
  await db.raw('pragma synchronous = full');
}

/** Connects, and brings the schema up to date unless the installation migrates by itself. */
export async function connectAndMigrate(
  database: DatabaseService,
): Promise<Knex> {
  const db = await database.getClient();
  if (!isPostgres(db)) await keepLog(db);
  if (!database.migrations?.skip) {
    await migrate(db);
  }
  return db;
}
