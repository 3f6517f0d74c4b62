import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that a test started anew; it ends with the test. */
export interface Restarted {
  pid: number;
  stop(): Promise<void>;
}

/** Ends a process, at once unless told otherwise, and starts it again as it was when told to. */
export async function killToRestart(
  pid: number,
  logFile: string,
  signal: 'SIGKILL' | 'SIGINT' = 'SIGKILL',
): Promise<{ restart(): Restarted }> {
  // Arguments are separated by NUL, as are the variables.
  const words = (file: string) =>
    readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0').filter(Boolean);
  const [command, ...args] = words('cmdline');
  const env = Object.fromEntries(
    words('environ').map(line => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
  const owner = statSync(`/proc/${pid}`);
  process.kill(pid, signal);
  await until(() => !isAlive(pid));
  return {
    restart() {
      const log = openSync(logFile, 'a', 0o600);
      const child = spawn(command, args, {
        env: env as NodeJS.ProcessEnv,
        // Root may start what another user runs.
        ...(process.getuid?.() === 0 && { uid: owner.uid, gid: owner.gid }),
        stdio: ['ignore', log, log],
      });
      closeSync(log);
      const ended = new Promise(resolve => child.once('exit', resolve));
      return {
        pid: child.pid!,
        async stop() {
          child.kill('SIGKILL');
          await ended;
        },
      };
    },
  };
}

/** Whether a process runs; one that has ended and that nobody has asked about doesn't. */
export function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

/** Waits for something that happens by itself; generous, as machines differ. */
export async function until<T>(
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  options: { seconds?: number; what?: string } = {},
): Promise<T> {
  const { seconds = 60, what = probe.toString() } = options;
  const deadline = performance.now() + seconds * 1_000;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (performance.now() > deadline)
      throw new Error(`It did not happen within ${seconds} s: ${what}`);
    await sleep(100);
  }
}
