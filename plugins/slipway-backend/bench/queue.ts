import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import knexFactory, { type Knex } from 'knex';
import { Pool } from 'pg';
import { startPostgres } from '../src/database/__testUtils__/postgres';
import { DatabaseWorkQueue } from '../src/database/DatabaseWorkQueue';
import { MIGRATIONS_DIRECTORY } from '../src/database/migrate';

/**
 * Claims and completes jobs on a durable PostgreSQL, one at a time by each of ten workers, beside graphile-worker,
 * which does the same (its batching, where a version has it, is off). Both get as many connections as workers, an
 * empty task, and a warm-up. They take turns, and the median counts.
 */
const JOBS = 4_000;
const WORKERS = 10;
const ROUNDS = 3;

/** A line a job would slow it down. */
const silent = new Logger(() => () => {});

async function createDatabase(server: string, name: string): Promise<string> {
  const admin = knexFactory({ client: 'pg', connection: server });
  await admin.raw('drop database if exists ??', [name]);
  await admin.raw('create database ??', [name]);
  await admin.destroy();
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

async function measureOurs(db: Knex, jobs: number): Promise<number> {
  const queue = DatabaseWorkQueue.create({ db });
  await queue.mark(Array.from({ length: jobs }, (_, n) => `bench:${n}`));
  await db.raw('vacuum analyze queue_items');
  let done = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      for (;;) {
        const [lease] = await queue.claim(1);
        if (!lease) return;
        if (await queue.complete(lease, { type: 'done' })) done++;
      }
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  if (done !== jobs) throw new Error(`${done} of ${jobs} jobs were completed`);
  return jobs / seconds;
}

async function measureOther(pgPool: Pool, jobs: number): Promise<number> {
  const utils = await makeWorkerUtils({ pgPool, logger: silent });
  await utils.migrate();
  await pgPool.query(
    `select graphile_worker.add_job('bench', '{}'::json) from generate_series(1, $1)`,
    [jobs],
  );
  await pgPool.query('vacuum analyze graphile_worker._private_jobs');
  await utils.release();
  let done = 0;
  const start = performance.now();
  let finish: () => void;
  const finished = new Promise<void>(resolve => {
    finish = resolve;
  });
  const runner = await run({
    pgPool,
    concurrency: WORKERS,
    noHandleSignals: true,
    logger: silent,
    taskList: {
      bench: async () => {
        if (++done === jobs) finish();
      },
    },
  });
  await finished;
  // The last completions are still on their way; stopping waits for them.
  await runner.stop();
  const seconds = (performance.now() - start) / 1_000;
  return jobs / seconds;
}

const median = (values: number[]) =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function main() {
  const server = await startPostgres({ durable: true });
  const db = knexFactory({
    client: 'pg',
    connection: await createDatabase(server, 'ours'),
    pool: { min: WORKERS, max: WORKERS },
  });
  const pgPool = new Pool({
    connectionString: await createDatabase(server, 'other'),
    max: WORKERS + 1,
  });
  await db.migrate.latest({ directory: MIGRATIONS_DIRECTORY });

  await measureOurs(db, 500);
  await measureOther(pgPool, 500);
  const ours: number[] = [];
  const other: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await measureOurs(db, JOBS));
    other.push(await measureOther(pgPool, JOBS));
  }
  await db.destroy();
  await pgPool.end();

  const result = { ours: median(ours), other: median(other) };
  process.stdout.write(
    `${JSON.stringify({
      name: 'queue',
      ours: Math.round(result.ours),
      other: Math.round(result.other),
      ratio: Number((result.ours / result.other).toFixed(2)),
      unit: 'jobs/s',
    })}\n`,
  );
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
