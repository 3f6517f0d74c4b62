import type { Database } from '@slipway/plugin-slipway-common';
import { identifier } from '../names';

/** What differs from engine to engine. @internal */
export interface Engine {
  image: string;
  port: number;
  /** The user that the official image made for the server; it owns the data. */
  user: (version: string) => number;
  /** Where the data is. */
  mountPath: string;
  /**
   * A folder of the disk that is mounted instead of its root: a fresh disk has
   * a lost+found, and some engines only start in an empty folder.
   */
  subPath?: string;
  /** Folders that the server writes to beside its data. */
  temporary: string[];
  /** Scheme of its address. */
  scheme: string;
  /** Arguments, given the port that it shall listen on. */
  args: (port: number) => string[] | undefined;
  /** Plain variables. */
  env: (names: DatabaseNames) => Record<string, string>;
  /** Variables that carry the password. */
  passwords: string[];
  /** Whether it knows databases and users by name. */
  named: boolean;
  /** What it asks for; an idle server of the engine fits with room to spare. */
  resources: { cpu: string; memory: string; memoryLimit: string };
}

/** The names inside a database. @internal */
export interface DatabaseNames {
  database: string;
  user: string;
}

/** The user of the official images on Debian. */
const DEBIAN_USER = 999;

/** The user of postgres on Alpine, where 999 is taken. */
const ALPINE_POSTGRES_USER = 70;

/** @internal */
export const ENGINES: Readonly<Record<Database['engine'], Engine>> = {
  mysql: {
    image: 'mysql',
    port: 3306,
    user: () => DEBIAN_USER,
    mountPath: '/var/lib/mysql',
    subPath: 'mysql',
    temporary: ['/tmp', '/var/run/mysqld'],
    scheme: 'mysql',
    args: port => (port === 3306 ? undefined : [`--port=${port}`]),
    env: ({ database, user }) => ({
      MYSQL_DATABASE: database,
      MYSQL_USER: user,
    }),
    passwords: ['MYSQL_PASSWORD', 'MYSQL_ROOT_PASSWORD'],
    named: true,
    resources: { cpu: '100m', memory: '512Mi', memoryLimit: '1Gi' },
  },
  postgres: {
    image: 'postgres',
    port: 5432,
    user: version =>
      version.includes('alpine') ? ALPINE_POSTGRES_USER : DEBIAN_USER,
    mountPath: '/var/lib/postgresql/data',
    temporary: ['/tmp', '/var/run/postgresql'],
    scheme: 'postgres',
    args: port => (port === 5432 ? undefined : ['-c', `port=${port}`]),
    env: ({ database, user }) => ({
      POSTGRES_DB: database,
      POSTGRES_USER: user,
      // initdb wants to own its folder, which the disk's root isn't.
      PGDATA: '/var/lib/postgresql/data/pgdata',
    }),
    passwords: ['POSTGRES_PASSWORD'],
    named: true,
    resources: { cpu: '100m', memory: '256Mi', memoryLimit: '512Mi' },
  },
  redis: {
    image: 'redis',
    port: 6379,
    user: () => DEBIAN_USER,
    mountPath: '/data',
    temporary: ['/tmp'],
    scheme: 'redis',
    args: port => [
      '--requirepass',
      '$(REDIS_PASSWORD)',
      '--appendonly',
      'yes',
      ...(port === 6379 ? [] : ['--port', `${port}`]),
    ],
    env: () => ({}),
    passwords: ['REDIS_PASSWORD'],
    named: false,
    resources: { cpu: '100m', memory: '128Mi', memoryLimit: '256Mi' },
  },
  mongodb: {
    image: 'mongo',
    port: 27017,
    user: () => DEBIAN_USER,
    mountPath: '/data/db',
    temporary: ['/tmp', '/data/configdb'],
    scheme: 'mongodb',
    args: port => (port === 27017 ? undefined : ['--port', `${port}`]),
    env: ({ database, user }) => ({
      MONGO_INITDB_DATABASE: database,
      MONGO_INITDB_ROOT_USERNAME: user,
    }),
    passwords: ['MONGO_INITDB_ROOT_PASSWORD'],
    named: true,
    resources: { cpu: '100m', memory: '512Mi', memoryLimit: '1Gi' },
  },
};

/** The port that a database listens on. @internal */
export function databasePort(database: Database): number {
  return database.port ?? ENGINES[database.engine].port;
}

/** The longest name of a user that MySQL takes; the others take more. */
const MYSQL_USER_MAX_LENGTH = 32;

/** The longest name of a database or user that PostgreSQL and MySQL take. */
const NAME_MAX_LENGTH = 63;

/** @internal */
export function databaseNames({ name, engine }: Database): DatabaseNames {
  return {
    database: identifier(name, 'db', NAME_MAX_LENGTH),
    user: identifier(
      name,
      'user',
      engine === 'mysql' ? MYSQL_USER_MAX_LENGTH : NAME_MAX_LENGTH,
    ),
  };
}
