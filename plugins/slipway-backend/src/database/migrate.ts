import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { isPostgres } from './dialect';

/** Folder of the migrations, in the source tree and in the published package alike. */
export const MIGRATIONS_DIRECTORY = resolvePackagePath(
  '@slipway/plugin-slipway-backend',
  'migrations',
);

/** Far longer than our migrations take: who waits longer for a lock is told so by PostgreSQL, and does not start. */
const LOCK_TIMEOUT = '60s';

/**
 * Survives replicas that start at once, and one that is killed meanwhile: all of it is one transaction, and on
 * PostgreSQL the others wait until it has ended and find nothing left to do. Knex's own lock is no help there: it
 * stays when its holder is killed, and two that make its table at once can leave it locked forever.
 */
async function migrate(db: Knex): Promise<void> {
  await db.transaction(async trx => {
    if (isPostgres(db)) {
      await trx.raw(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
      // Two installations in one database have a schema each, and don't wait for each other.
      await trx.raw(
        `select pg_advisory_xact_lock(hashtext('slipway migrations'), hashtext(current_schema()))`,
      );
    }
    await trx.migrate.latest({ directory: MIGRATIONS_DIRECTORY });
  });
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
