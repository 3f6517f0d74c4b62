import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../lib/freePorts.ts';
import { startPortal } from '../lib/portal.ts';
import { heapOf } from './scale/inspector.ts';
import { backendOf, untilQuiet, useOf } from './scale/process.ts';

/** The first reconciles of the demo end long before. */
const QUIET_WITHIN_MS = 180_000;

// The backend with the demo, once it has nothing to do. There is no other to compare with: the figures stand for
// themselves.
function report(name: string, what: string, ours: number, unit: string): void {
  process.stdout.write(
    `${JSON.stringify({ name, what, ours: Math.round(ours), other: null, ratio: null, unit })}\n`,
  );
}

const state = await mkdtemp(join(tmpdir(), 'slipway-idle-'));
const [frontend, backend, first, second] = await freePorts(4);
const portal = await startPortal({
  state,
  ports: { frontend, backend, sandbox: [first, second] },
});
try {
  await portal.ready;
  const pid = await backendOf(state);
  await untilQuiet(pid, QUIET_WITHIN_MS, message =>
    process.stderr.write(`${message}\n`),
  );
  report(
    'idle-memory',
    'the process, as V8 leaves it on a machine that has room',
    (await useOf(pid)).residentMiB,
    'MiB resident',
  );
  const heap = await heapOf(pid);
  if (heap !== undefined) {
    report(
      'idle-memory in use',
      'of it in use: sources and code of all that Backstage loads, for the most part',
      heap,
      'MiB of heap',
    );
    report(
      'idle-memory collected',
      'the process, once V8 has collected its garbage',
      (await useOf(pid)).residentMiB,
      'MiB resident',
    );
  }
} finally {
  await portal.stop();
  await rm(state, { recursive: true, force: true });
}
process.exit();
