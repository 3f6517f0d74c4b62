import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Folder of the migrations, in the source tree and in the published package alike. */
export const MIGRATIONS_DIRECTORY = resolvePackagePath(
  '@slipway/plugin-slipway-backend',
  'migrations',
);

/** Connects, and brings the schema up to date unless the installation migrates by itself. */
export async function connectAndMigrate(
  database: DatabaseService,
): Promise<Knex> {
  const db = await database.getClient();
  if (!database.migrations?.skip) {
    await db.migrate.latest({ directory: MIGRATIONS_DIRECTORY });
  }
  return db;
}
