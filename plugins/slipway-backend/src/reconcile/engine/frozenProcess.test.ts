import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { DatabaseWorkQueue } from '../../database/DatabaseWorkQueue';
import {
  createEffects,
  effectReconciler,
  listEffects,
  PROCESS_LEASE_MS,
} from './__testUtils__/effects';
import { runUntilIdle } from './__testUtils__/runUntilIdle';
import { ReconcileEngine } from './ReconcileEngine';

const databases = createTestDatabases();
const logger = mockServices.logger.mock();
logger.child.mockReturnValue(logger);

describe('two engines on one PostgreSQL, one in a process of its own', () => {
  let db: Knex;
  let queue: DatabaseWorkQueue;
  let child: ChildProcess;
  let output: string;
  let engine: ReconcileEngine;

  beforeEach(async () => {
    db = await databases.migrated('POSTGRES_16');
    await createEffects(db);
    queue = DatabaseWorkQueue.create({
      db,
      settings: { leaseMs: PROCESS_LEASE_MS },
    });
    engine = ReconcileEngine.create({
      queue,
      reconcilers: [effectReconciler(db, 'test', async () => {})],
      logger,
      settings: { leaseMs: PROCESS_LEASE_MS, pollMs: 20 },
    });

    const { host, port, user, password, database } =
      db.client.config.connection;
    const connection = new URL(`postgresql://${host}`);
    Object.assign(connection, {
      port: `${port}`,
      username: user,
      password,
      pathname: database,
    });
    const script = resolvePackagePath(
      '@slipway/plugin-slipway-backend',
      'src/reconcile/engine/__testUtils__/engineProcess.ts',
    );
    const { NODE_OPTIONS: _, ...env } = process.env;
    child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        script,
        connection.href,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env },
    );
    output = '';
    const collect = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
  });

  afterEach(async () => {
    await engine.stop();
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
  });

  const until = async (
    what: string,
    condition: () => boolean | Promise<boolean>,
  ) => {
    const deadline = performance.now() + 40_000;
    while (!(await condition())) {
      if (performance.now() > deadline)
        throw new Error(
          `Waited in vain until ${what}; the process said: ${output}`,
        );
      await sleep(10);
    }
  };

  const childHasBegun = async () => {
    await queue.mark(['thing:a']);
    await until(
      'it takes its first step',
      async () => (await listEffects(db)).length === 1,
    );
  };

  it('refuses what a frozen process does after another one has taken its key over', async () => {
    await childHasBegun();
    child.kill('SIGSTOP');
    await runUntilIdle(engine, queue);
    expect(await listEffects(db)).toEqual([
      'child first',
      'test first',
      'test second',
    ]);
    await engine.stop();

    child.kill('SIGCONT');
    await until('it finds its lease lost', () =>
      output.includes('The lease of thing:a was lost'),
    );
    expect(await listEffects(db)).toEqual([
      'child first',
      'test first',
      'test second',
    ]);

    // It is well again: what is marked now is its own.
    await queue.mark(['thing:a']);
    await until(
      'it runs the key again',
      async () => (await listEffects(db)).length === 5,
    );
    expect((await listEffects(db)).slice(3)).toEqual([
      'child first',
      'child second',
    ]);
  });

  it('takes over the key of a process that was killed between two steps, and counts it', async () => {
    await childHasBegun();
    child.kill('SIGKILL');
    const claim = jest.spyOn(queue, 'claim');
    await runUntilIdle(engine, queue);
    expect(await listEffects(db)).toEqual([
      'child first',
      'test first',
      'test second',
    ]);
    const claims = await Promise.all(
      claim.mock.results.map(result => result.value),
    );
    expect(claims.flat()).toEqual([
      expect.objectContaining({ key: 'thing:a', attempts: 1 }),
    ]);
  });
});
