import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from './lock.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'testbed-lock-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('two holders of one lock never work at the same time', async () => {
  let working = 0;
  let most = 0;
  const work = async () => {
    working += 1;
    most = Math.max(most, working);
    await sleep(20);
    working -= 1;
  };
  const lock = join(dir, 'lock');
  await Promise.all(
    [1, 2, 3].map(() => withLock(lock, work, { timeoutMs: 5_000 })),
  );
  assert.equal(most, 1);
});

test('a lock whose holder was killed is taken over', async () => {
  const lock = join(dir, 'lock');
  writeFileSync(lock, String(spawnSync('true').pid));
  assert.equal(
    await withLock(lock, async () => 'done', { timeoutMs: 1_000 }),
    'done',
  );
});

test('a lock whose holder lives is waited for, and the holder is named', async () => {
  const lock = join(dir, 'lock');
  writeFileSync(lock, String(process.pid));
  const holders: number[] = [];
  await assert.rejects(
    withLock(lock, async () => 'done', {
      timeoutMs: 200,
      onWait: holder => holders.push(holder),
    }),
    /was not there after 0.2 s/,
  );
  assert.deepEqual(holders, [process.pid]);
});
