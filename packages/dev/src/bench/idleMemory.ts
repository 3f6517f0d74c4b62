import { readFile, readdir } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../lib/freePorts.ts';
import { startPortal } from '../lib/portal.ts';

/** Time for the first reconciles of the demo to end. */
const SETTLE_MS = 45_000;

/** Resident memory of the backend process, in MiB, and how many environments it looked after. */
async function main() {
  const state = await mkdtemp(join(tmpdir(), 'slipway-idle-'));
  const [frontend, backend, first, second] = await freePorts(4);
  const portal = await startPortal({
    state,
    ports: { frontend, backend, sandbox: [first, second] },
  });
  try {
    await portal.ready;
    await new Promise(resolve => setTimeout(resolve, SETTLE_MS));
    const rss = await backendRss(state);
    // There is no other to compare with: the figure stands for itself.
    process.stdout.write(
      `${JSON.stringify({ name: 'idle-memory', ours: rss, other: null, ratio: null, unit: 'MiB resident' })}\n`,
    );
  } finally {
    await portal.stop();
    await rm(state, { recursive: true, force: true });
  }
}

/** The one process that has this state folder in its environment and serves the backend. */
async function backendRss(state: string): Promise<number> {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
      if (!environment.includes(`SLIPWAY_STATE_DIR=${state}`)) continue;
      if (!/packages\/backend\/src|src\/index/.test(command)) continue;
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      const kib = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
      if (kib > 0) return Math.round(kib / 1024);
    } catch {
      // The process ended while we looked, or is somebody else's.
    }
  }
  throw new Error('The backend process was not found.');
}

await main();
