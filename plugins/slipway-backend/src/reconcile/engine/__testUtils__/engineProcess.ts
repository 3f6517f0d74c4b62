// An engine in a process of its own, so that a test can freeze it with SIGSTOP. Argument: connection string.
import type { LoggerService } from '@backstage/backend-plugin-api';
import knexFactory from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseWorkQueue } from '../../../database/DatabaseWorkQueue';
import { ReconcileEngine } from '../ReconcileEngine';
import { effectReconciler, PROCESS_LEASE_MS } from './effects';

const db = knexFactory({
  client: 'pg',
  connection: process.argv[2],
  pool: { min: 0, max: 4 },
});
const write = (message: string) => process.stdout.write(`${message}\n`);
const logger: LoggerService = {
  error: write,
  warn: write,
  info: write,
  debug: write,
  child: () => logger,
};

ReconcileEngine.create({
  queue: DatabaseWorkQueue.create({
    db,
    settings: { leaseMs: PROCESS_LEASE_MS },
  }),
  // Time enough for the test to freeze it between its two steps.
  reconcilers: [effectReconciler(db, 'child', () => sleep(1_000))],
  logger,
  settings: { leaseMs: PROCESS_LEASE_MS, pollMs: 20 },
}).start();
