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
