import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  signalOurs,
  startProcess,
  stopProcess,
  waitUntilReady,
} from './process.ts';
import { isAlive, isOurs } from './processIdentity.ts';

let dir: string;
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'testbed-process-'));
});
after(() => rmSync(dir, { recursive: true }));

/** A program in `dir`, so that the folder is in its command line. */
function start(name: string, code: string) {
  const script = join(dir, `${name}.mjs`);
  writeFileSync(script, code);
  return startProcess({
    name,
    command: process.execPath,
    args: [script],
    logFile: join(dir, `${name}.log`),
  });
}

test('a process without the marker in its command line is never signalled', async () => {
  const { pid } = start('bystander', 'setInterval(() => {}, 1000)');
  await stopProcess(pid, `${dir}/elsewhere/`);
  signalOurs(pid, `${dir}/elsewhere/`, 'SIGKILL');
  assert.equal(isAlive(pid), true);
  await stopProcess(pid, `${dir}/`);
  assert.equal(isOurs(pid, `${dir}/`), false);
});

test('a paused process ends', async () => {
  const { pid } = start('paused', 'setInterval(() => {}, 1000)');
  signalOurs(pid, `${dir}/`, 'SIGSTOP');
  await stopProcess(pid, `${dir}/`);
  assert.equal(isOurs(pid, `${dir}/`), false);
});

test('a start that fails tells the last lines of the log', async () => {
  const started = start(
    'failing',
    'console.error("no such flag"); process.exit(3)',
  );
  await assert.rejects(
    waitUntilReady(started, async () => false, 10_000),
    /failing ended while starting: exit code 3[^]*no such flag/,
  );
});
