import { readFile, readdir } from 'node:fs/promises';

/** Clock ticks a second in /proc: the same on every Linux that Node runs on. */
const TICKS = 100;

/** What a process holds and has used. */
export interface ProcessUse {
  residentMiB: number;
  cpuSeconds: number;
}

/** The backend of the portal with this state folder. */
export async function backendOf(state: string): Promise<number> {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
      if (!/packages\/backend\/src|src\/index/.test(command)) continue;
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
      if (environment.includes(`SLIPWAY_STATE_DIR=${state}\0`))
        return Number(pid);
    } catch {
      // The process ended while we looked, or is somebody else's.
    }
  }
  throw new Error('The backend process was not found.');
}

/** As the kernel counts it. */
export async function useOf(pid: number): Promise<ProcessUse> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name of the program may hold spaces; what follows its bracket doesn't.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    residentMiB: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024,
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
  };
}

/** Below this share of a core, a process does what it does at any time. */
const QUIET_SHARE = 0.05;
const WINDOW_MS = 5_000;

/** Milliseconds until a process has been quiet for a while; undefined when it wasn't within the time. */
export async function untilQuiet(
  pid: number,
  withinMs: number,
  tell: (message: string) => void,
): Promise<number | undefined> {
  const began = performance.now();
  let before = await useOf(pid);
  for (;;) {
    const from = performance.now();
    await new Promise(resolve => setTimeout(resolve, WINDOW_MS));
    const now = await useOf(pid);
    const share =
      (now.cpuSeconds - before.cpuSeconds) /
      ((performance.now() - from) / 1_000);
    before = now;
    tell(
      `${((from - began) / 1_000).toFixed(0)} s after the start: ${(share * 100).toFixed(1)} % of a core`,
    );
    if (share < QUIET_SHARE) return from - began;
    if (performance.now() - began > withinMs) return undefined;
  }
}
