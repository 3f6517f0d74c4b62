import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { MIGRATIONS_DIRECTORY } from '../migrate';
import { startPostgres } from './postgres';

const POSTGRES_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES16_CONNECTION_STRING';

/** The two databases that Slipway supports, for `describe.each(DATABASES)` or `it.each(DATABASES)`. */
export const DATABASES: TestDatabaseId[] = ['SQLITE_3', 'POSTGRES_16'];

/** Fresh databases of either kind for the tests of one file. */
export interface SlipwayTestDatabases {
  /** An empty database without any table. */
  empty(id: TestDatabaseId): Promise<Knex>;
  /** A database with the current schema. */
  migrated(id: TestDatabaseId): Promise<Knex>;
}

/**
 * Call once at the top of a test file. PostgreSQL is the server that
 * `BACKSTAGE_TEST_DATABASE_POSTGRES16_CONNECTION_STRING` names (of any version), or one that is started for the run.
 */
export function createTestDatabases(): SlipwayTestDatabases {
  // A test that is the first to need PostgreSQL waits for its start.
  jest.setTimeout(60_000);
  // "Docker" is never used: the variable is set before the first PostgreSQL database is asked for.
  const databases = TestDatabases.create({
    ids: DATABASES,
    disableDocker: false,
  });

  const empty = async (id: TestDatabaseId) => {
    if (id !== 'SQLITE_3' && !process.env[POSTGRES_VARIABLE]) {
      process.env[POSTGRES_VARIABLE] = await startPostgres();
    }
    return databases.init(id);
  };
  return {
    empty,
    async migrated(id) {
      const db = await empty(id);
      await db.migrate.latest({ directory: MIGRATIONS_DIRECTORY });
      return db;
    },
  };
}
